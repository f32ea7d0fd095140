/* Where the frames of functions of bytecode lie: one behind the other in memory of their own, and on neither stack.
 *
 * A call from bytecode to bytecode takes no stack at all (patches/frames.patch), so that what a host gives of it is left to
 * calls that come by way of a builtin, such as those of `map`. Frames go in the reverse order of their coming. */

enum {
    /* Most programs need no more, in bytes. */
    JSC_FIRST_FRAMES = 2048,
    /* What is asked of malloc for more. */
    JSC_MORE_FRAMES = 65536,
    /* What a running async function or generator counts for that bytecode called: its frame is an object, but their number has
     * to end, too. */
    JSC_COROUTINE_COST = 512,
};

/* In front of frames. */
typedef struct JscFrames {
    /* What was in use before. */
    struct JscFrames *before;
    uint8_t *top_before, *end_before;
} JscFrames;

static uint8_t jsc_first_frames[JSC_FIRST_FRAMES];

static struct {
    /* Where the next frame goes, and where the memory for it ends. */
    uint8_t *top, *end;
    /* NULL where that is `jsc_first_frames`. */
    JscFrames *current;
    /* How many bytes there may still be. */
    ptrdiff_t left;
} jsc_frames = { .top = jsc_first_frames, .end = jsc_first_frames + JSC_FIRST_FRAMES, .left = 2 << 20 };

typedef enum { JSC_FORWARD_NONE, JSC_FORWARD_FUNCTION, JSC_FORWARD_COROUTINE, JSC_FORWARD_EXCEPTION } JscForwarding;

/* What a call of `call`, `apply`, a bound function and the like leads to. It is read as soon as it is written. */
static struct {
    JSValueConst func_obj, this_obj;
    JSValueConst *argv;
    int argc, flags;
    struct JSStackFrame *coroutine;
} jsc_forwarded;

/* Makes more memory, and a frame in it; NULL where calls are too deep. */
static no_inline void *jsc_push_frames(size_t size)
{
    size_t bytes = sizeof(JscFrames) + size < JSC_MORE_FRAMES ? JSC_MORE_FRAMES : sizeof(JscFrames) + size;
    JscFrames *frames = (ptrdiff_t)bytes > jsc_frames.left ? NULL : malloc(bytes);
    if (!frames)
        return NULL;
    *frames = (JscFrames){ jsc_frames.current, jsc_frames.top, jsc_frames.end };
    jsc_frames.left -= bytes;
    jsc_frames.current = frames;
    jsc_frames.top = (uint8_t *)(frames + 1) + size;
    jsc_frames.end = (uint8_t *)frames + bytes;
    return frames + 1;
}

/* Gives the memory back in which the last frame was the first. */
static no_inline void jsc_pop_frames(void)
{
    JscFrames *frames = jsc_frames.current;
    jsc_frames.left += jsc_frames.end - (uint8_t *)frames;
    jsc_frames.current = frames->before;
    jsc_frames.top = frames->top_before;
    jsc_frames.end = frames->end_before;
    free(frames);
}

/* Memory for a frame; NULL where there is no room behind the last one. */
static inline void *jsc_push_frame(size_t size)
{
    uint8_t *frame = jsc_frames.top;
    if (unlikely((size_t)(jsc_frames.end - frame) < size))
        return NULL;
    jsc_frames.top = frame + size;
    return frame;
}

static inline void jsc_pop_frame(void *frame)
{
    jsc_frames.top = frame;
}

/* Leaves nothing of the calls that were made before the snapshot. */
void jsc_erase_frames(void)
{
    memset(jsc_first_frames, 0, sizeof(jsc_first_frames));
    memset(&jsc_forwarded, 0, sizeof(jsc_forwarded));
}
