/* `RegExp.$1`, `RegExp.lastMatch` and the like: what the last match was (Annex B of the language does without them; the
 * proposal is "Legacy RegExp features"). As in V8, whose answers programs expect, any receiver will do, subclasses included.
 *
 * Matches are only noted in modules in which something can ask for them. */

enum { JSC_NUMBERED_GROUPS = 9 };

/* Which part of the last match; 1 to 9 are the groups. */
enum { JSC_MATCH_INPUT = 0, JSC_MATCH_ALL = 10, JSC_MATCH_LAST_GROUP, JSC_MATCH_BEFORE, JSC_MATCH_BEHIND };

typedef struct {
    uint32_t start, end;
} JscPart;

static struct {
    /* What was searched, and what `RegExp.input` says, which can be set. */
    JSValue text, input;
    JscPart all, last_group, groups[JSC_NUMBERED_GROUPS];
} jsc_last_match = { JS_UNDEFINED, JS_UNDEFINED };

static JscPart jsc_part_of_capture(JSString *text, uint8_t **capture)
{
    uint8_t *start = str8(text);
    if (!capture[0] || !capture[1])
        return (JscPart){ 0, 0 };
    return (JscPart){ (capture[0] - start) >> text->is_wide_char, (capture[1] - start) >> text->is_wide_char };
}

/* Whether the runtime library is at work: its matches are not the program's. */
static bool jsc_is_in_library(JSRuntime *rt)
{
    JSStackFrame *frame;
    for (frame = rt->current_stack_frame; frame; frame = frame->prev_frame) {
        JSObject *p = JS_VALUE_GET_OBJ(frame->cur_func);
        if (js_class_has_bytecode(p->class_id))
            return jsc_is_of_library(rt, p->u.func.function_bytecode);
    }
    return false;
}

static void jsc_record_match(JSContext *ctx, JSString *text, uint8_t **capture, const uint8_t *bytecode)
{
    int count = lre_get_capture_count(bytecode), i;
    JSValue value = JS_MKPTR(JS_TAG_STRING, text);
    if (jsc_is_in_library(ctx->rt))
        return;
    set_value(ctx, &jsc_last_match.text, js_dup(value));
    set_value(ctx, &jsc_last_match.input, js_dup(value));
    jsc_last_match.all = jsc_part_of_capture(text, capture);
    jsc_last_match.last_group = count > 1 ? jsc_part_of_capture(text, capture + 2 * (count - 1)) : (JscPart){ 0, 0 };
    for (i = 0; i < JSC_NUMBERED_GROUPS; i++)
        jsc_last_match.groups[i] = i + 1 < count ? jsc_part_of_capture(text, capture + 2 * (i + 1)) : (JscPart){ 0, 0 };
}

/* Called after each match (patches/last-match.patch). */
static void (*jsc_note_match)(JSContext *ctx, JSString *text, uint8_t **capture, const uint8_t *bytecode) =
    jsc_record_match;

static JSValue jsc_get_match_part(JSContext *ctx, JSValueConst this_val, int which)
{
    JSString *text;
    JscPart part;
    if (JS_IsUndefined(which == JSC_MATCH_INPUT ? jsc_last_match.input : jsc_last_match.text))
        return js_empty_string(ctx->rt);
    if (which == JSC_MATCH_INPUT)
        return js_dup(jsc_last_match.input);
    text = JS_VALUE_GET_STRING(jsc_last_match.text);
    switch (which) {
    case JSC_MATCH_ALL:
        part = jsc_last_match.all;
        break;
    case JSC_MATCH_LAST_GROUP:
        part = jsc_last_match.last_group;
        break;
    case JSC_MATCH_BEFORE:
        part = (JscPart){ 0, jsc_last_match.all.start };
        break;
    case JSC_MATCH_BEHIND:
        part = (JscPart){ jsc_last_match.all.end, text->len };
        break;
    default:
        part = jsc_last_match.groups[which - 1];
        break;
    }
    return js_sub_string(ctx, text, part.start, part.end);
}

/* Only the input can be set; setting the others does nothing. */
static JSValue jsc_set_match_part(JSContext *ctx, JSValueConst this_val, JSValueConst value, int which)
{
    JSValue text;
    if (which != JSC_MATCH_INPUT)
        return JS_UNDEFINED;
    text = JS_ToString(ctx, value);
    if (JS_IsException(text))
        return text;
    set_value(ctx, &jsc_last_match.input, text);
    return JS_UNDEFINED;
}

#define JSC_MATCH_PART(name, which) JS_CGETSET_MAGIC_DEF(name, jsc_get_match_part, jsc_set_match_part, which)

static const JSCFunctionListEntry jsc_match_parts[] = {
    JSC_MATCH_PART("input", JSC_MATCH_INPUT),
    JSC_MATCH_PART("$_", JSC_MATCH_INPUT),
    JSC_MATCH_PART("lastMatch", JSC_MATCH_ALL),
    JSC_MATCH_PART("$&", JSC_MATCH_ALL),
    JSC_MATCH_PART("lastParen", JSC_MATCH_LAST_GROUP),
    JSC_MATCH_PART("$+", JSC_MATCH_LAST_GROUP),
    JSC_MATCH_PART("leftContext", JSC_MATCH_BEFORE),
    JSC_MATCH_PART("$`", JSC_MATCH_BEFORE),
    JSC_MATCH_PART("rightContext", JSC_MATCH_BEHIND),
    JSC_MATCH_PART("$'", JSC_MATCH_BEHIND),
    JSC_MATCH_PART("$1", 1),
    JSC_MATCH_PART("$2", 2),
    JSC_MATCH_PART("$3", 3),
    JSC_MATCH_PART("$4", 4),
    JSC_MATCH_PART("$5", 5),
    JSC_MATCH_PART("$6", 6),
    JSC_MATCH_PART("$7", 7),
    JSC_MATCH_PART("$8", 8),
    JSC_MATCH_PART("$9", 9),
};

/* Called at boot. Returns -1 after an exception. */
static int jsc_define_match_parts(JSContext *ctx)
{
    return JS_SetPropertyFunctionList(ctx, ctx->regexp_ctor, jsc_match_parts, countof(jsc_match_parts));
}

/* Called by the seal: forgets the last match where nothing can ask for it. What names a part may mean something else, such
 * as `$1` in a replacement, unless there is a way to `RegExp`; where there is none, nobody misses the parts. */
static void jsc_drop_last_match(JscMentions *m)
{
    JSContext *ctx = m->ctx;
    void (*nothing)(JSContext *, JSString *, uint8_t **, const uint8_t *) = NULL;
    bool is_reached = jsc_mentions_one_of(m, "RegExp constructor");
    size_t i;
    for (i = 0; i < countof(jsc_match_parts) && is_reached; i++)
        if (jsc_mentions_one_of(m, jsc_match_parts[i].name))
            return;
    for (i = 0; i < countof(jsc_match_parts) && !is_reached; i++) {
        JSAtom name = JS_NewAtom(ctx, jsc_match_parts[i].name);
        JS_DeleteProperty(ctx, ctx->regexp_ctor, name, 0);
        JS_FreeAtom(ctx, name);
    }
    /* The compiler would make a flag of a pointer to a single function, and every module would have that function. */
    __asm__("" : "+r"(nothing));
    jsc_note_match = nothing;
    set_value(ctx, &jsc_last_match.text, JS_UNDEFINED);
    set_value(ctx, &jsc_last_match.input, JS_UNDEFINED);
}
