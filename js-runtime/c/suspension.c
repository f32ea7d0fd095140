/* Stops a module's body, or that of the script that the program is, in front of one of its items, and lets the program go on
 * in the compiled module.
 *
 * In front of the item that the trial found (points.c), the second run has
 *     await <a promise that only the start of the compiled module resolves>;
 * so that the frame of the body is a heap object when the snapshot is taken. In the trial every item begins with a call
 * that notes it. */

static struct {
    bool is_parsing, is_trial;
    /* How many items were parsed, and in the trial, which modules they are in. */
    int count, capacity;
    JSModuleDef **modules;
    /* The module that the program starts with, known from its first item on. A script is no module: its place is NULL. */
    JSModuleDef *entry;
    /* Whether there is a suspension; the module whose body is suspended, its bytecode, and what it waits for. */
    bool suspends;
    JSModuleDef *module;
    JSFunctionBytecode *bytecode;
    JSValue promise;
    JSValue resolving_functions[2];
} jsc_items;

/* True when a body waits at the suspension. */
static bool jsc_body_waits(void)
{
    JSPromiseData *data = jsc_items.suspends ? JS_GetOpaque(jsc_items.promise, JS_CLASS_PROMISE) : NULL;
    return data && !list_empty(&data->promise_reactions[0]);
}

/* The entry is the last of what it imports: nothing is left to do when it waits. */
static bool jsc_waits_within(const JSModuleDef *m)
{
    return m == jsc_items.module && m != jsc_items.entry && jsc_body_waits();
}

static int jsc_emit_suspension(JSParseState *s)
{
    JSContext *ctx = s->ctx;
    JSFunctionDef *fd = s->cur_func;
    int index;

    jsc_items.suspends = true;
    jsc_items.module = fd->module;
    jsc_items.promise = JS_NewPromiseCapability(ctx, jsc_items.resolving_functions);
    if (JS_IsException(jsc_items.promise))
        return -1;
    index = cpool_add(s, js_dup(jsc_items.promise));
    if (index < 0)
        return -1;
    emit_op(s, OP_push_const);
    emit_u32(s, index);
    emit_op(s, OP_await);
    emit_op(s, OP_drop);
    /* As a module with `await`, the entry is done when its promise is. What requests any other module must not run before
     * its body has ended (evaluation.c). */
    if (fd->module == jsc_items.entry)
        fd->has_await = true;
    return 0;
}

/* Whether modules are about to run that did not wait for the entry, within the job that has begun it: they must not run
 * while it is suspended. */
static bool jsc_is_followed(JSContext *ctx, const JSModuleDef *entry)
{
    struct list_head *el;
    list_for_each(el, &ctx->loaded_modules) {
        const JSModuleDef *m = list_entry(el, JSModuleDef, link);
        if (m->status == JS_MODULE_STATUS_EVALUATING_ASYNC && m->async_evaluation &&
            m->pending_async_dependencies == 0 && m->async_evaluation_timestamp > entry->async_evaluation_timestamp)
            return true;
    }
    return false;
}

/* The body of a module begins with an item. It can stop there if all that comes after it in the program waits for it: the
 * module is the one that the program's evaluation runs, or, in a job, the entry. */
static JSValue jsc_pass_item(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    int item = JS_VALUE_GET_INT(argv[0]);
    const JSModuleDef *m = jsc_items.modules[item], *running = jsc_running_module();
    if (running ? m == running : m == jsc_items.entry && !(m && jsc_is_followed(ctx, m)))
        jsc_pass_point(JSC_BEFORE_ITEM, item);
    return JS_UNDEFINED;
}

static int jsc_emit_pass(JSParseState *s, int item)
{
    JSContext *ctx = s->ctx;
    JSValue pass;
    int index;
    if (js_resize_array(ctx, (void **)&jsc_items.modules, sizeof(*jsc_items.modules), &jsc_items.capacity, item + 1))
        return -1;
    jsc_items.modules[item] = s->cur_func->module;
    pass = JS_NewCFunction(ctx, jsc_pass_item, "", 1);
    if (JS_IsException(pass))
        return -1;
    index = cpool_add(s, pass);
    if (index < 0)
        return -1;
    emit_op(s, OP_push_const);
    emit_u32(s, index);
    emit_op(s, OP_push_i32);
    emit_u32(s, item);
    emit_op(s, OP_call);
    emit_u16(s, 1);
    emit_op(s, OP_drop);
    return 0;
}

static int jsc_begin_item(JSParseState *s)
{
    if (!jsc_items.is_parsing)
        return 0;
    /* What it imports is parsed when its last item was. */
    if (!jsc_items.entry)
        jsc_items.entry = s->cur_func->module;
    if (jsc_items.is_trial)
        return jsc_emit_pass(s, jsc_items.count++);
    if (jsc_points.stop.kind == JSC_BEFORE_ITEM && jsc_points.stop.number == jsc_items.count++)
        return jsc_emit_suspension(s);
    return 0;
}

/* A script can wait as the body of a module does. That it is asynchronous is known to its parser at the end only, since `await`
 * is a name in it. */
static void jsc_end_items(JSParseState *s)
{
    if (jsc_items.is_parsing && !s->is_module)
        s->cur_func->func_kind = JS_FUNC_ASYNC;
}

/* From here to `jsc_end_parsing` the parser works on the entry and what it imports. */
void jsc_begin_parsing(bool is_trial, int kind, int number)
{
    jsc_items.is_parsing = true;
    jsc_items.is_trial = is_trial;
    jsc_points.stop = (JscPoint){ kind, number };
}

/* `script` is the bytecode of the entry where that is a script. */
void jsc_end_parsing(JSValueConst script)
{
    jsc_items.is_parsing = false;
    /* Before it is linked, a module's function is mere bytecode. */
    if (jsc_items.module)
        jsc_items.bytecode = JS_VALUE_GET_PTR(jsc_items.module->func_obj);
    else if (JS_VALUE_GET_TAG(script) == JS_TAG_FUNCTION_BYTECODE)
        jsc_items.bytecode = JS_VALUE_GET_PTR(script);
}

/* True when the program has stopped in front of an item or a module. */
bool jsc_is_suspended(void)
{
    return jsc_body_waits() || !JS_IsUndefined(jsc_rest_of_program);
}

/* Lets the body go on before any job that is already queued, as if it had never waited. Returns -1 after an exception. */
static int jsc_continue_body(JSContext *ctx)
{
    JSRuntime *rt = ctx->rt;
    struct list_head *last = rt->job_list.prev;
    JSValueConst undefined = JS_UNDEFINED;
    JSValue result = JS_Call(ctx, jsc_items.resolving_functions[0], JS_UNDEFINED, 1, &undefined);
    struct list_head *job = rt->job_list.prev;
    if (JS_IsException(result))
        return -1;
    if (job != last) {
        list_del(job);
        list_add(job, &rt->job_list);
    }
    return 0;
}

/* Goes on where the program has stopped: with the body that waits, and then with the modules after it. Jobs are left to the
 * caller. Returns -1 after an exception. */
int jsc_continue_program(JSContext *ctx)
{
    JSContext *of_job;
    JSValue rest = jsc_rest_of_program;
    bool waits = jsc_body_waits();
    if (waits && jsc_continue_body(ctx) < 0)
        return -1;
    if (JS_IsUndefined(rest))
        return 0;
    if (waits && JS_ExecutePendingJob(ctx->rt, &of_job) < 0)
        return -1;
    jsc_rest_of_program = JS_UNDEFINED;
    /* Not by JS_Call: it would be a frame of every stack trace. */
    JS_FreeValue(ctx, JS_VALUE_GET_OBJ(rest)->u.cfunc.c_function.generic(ctx, JS_UNDEFINED, 0, NULL));
    JS_FreeValue(ctx, rest);
    return 0;
}
