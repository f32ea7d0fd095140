/* Atomics without other threads: nothing can end a wait but the time. */

extern void jsc_sleep(uint64_t milliseconds);

/* Called where the value is the one that is waited for to change. */
static JSValue jsc_wait(JSContext *ctx, int64_t milliseconds)
{
    if (milliseconds == INT64_MAX)
        return JS_ThrowTypeError(ctx, "Atomics.wait would never end: there is no other thread to notify this one");
    jsc_sleep(milliseconds);
    return JS_AtomToString(ctx, JS_ATOM_timed_out);
}
