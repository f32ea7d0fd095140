/* Where a module's body can be suspended: in front of any of its statements.
 *
 * A program's body is evaluated twice. The trial run records where every statement starts and finds, by the position
 * of the running frame, the statement that first touches the outside world. The real run puts
 *     await <a promise that only `_start` resolves>;
 * in front of that statement, so that the frame of the body is a heap object when the snapshot is taken. */

typedef struct {
    int line, column;
} JscPosition;

static struct {
    bool recording;      /* true while the entry module is being parsed */
    int suspend_before;  /* index of the statement to suspend in front of, -1 for none */
    int count;           /* statements seen */
    int capacity;
    JscPosition *starts; /* where each of them starts */
    JSModuleDef *entry;  /* the entry module, known from its first statement on */
    JSFunctionBytecode *bytecode;
    JSValue promise;
    JSValue resolving_functions[2];
} jsc_body = { .suspend_before = -1 };

static int jsc_emit_suspension(JSParseState *s)
{
    JSContext *ctx = s->ctx;
    JSFunctionDef *fd = s->cur_func;
    int index;

    jsc_body.promise = JS_NewPromiseCapability(ctx, jsc_body.resolving_functions);
    if (JS_IsException(jsc_body.promise))
        return -1;
    index = cpool_add(s, js_dup(jsc_body.promise));
    if (index < 0)
        return -1;
    emit_op(s, OP_push_const);
    emit_u32(s, index);
    emit_op(s, OP_await);
    emit_op(s, OP_drop);
    fd->has_await = true;
    return 0;
}

static int jsc_begin_module_item(JSParseState *s)
{
    if (!jsc_body.recording || !s->is_module)
        return 0;
    /* What it imports is parsed meanwhile. */
    if (!jsc_body.entry)
        jsc_body.entry = s->cur_func->module;
    if (s->cur_func->module != jsc_body.entry)
        return 0;
    if (jsc_body.count == jsc_body.capacity) {
        int capacity = jsc_body.capacity ? jsc_body.capacity * 2 : 64;
        void *starts = js_realloc(s->ctx, jsc_body.starts, capacity * sizeof(JscPosition));
        if (!starts)
            return -1;
        jsc_body.starts = starts;
        jsc_body.capacity = capacity;
    }
    jsc_body.starts[jsc_body.count] = (JscPosition){ s->token.line_num, s->token.col_num };
    if (jsc_body.count++ == jsc_body.suspend_before)
        return jsc_emit_suspension(s);
    return 0;
}

/* From here to `jsc_end_entry` the parser works on the entry module. */
void jsc_begin_entry(int suspend_before)
{
    jsc_body.recording = true;
    jsc_body.entry = NULL;
    jsc_body.suspend_before = suspend_before;
    jsc_body.count = 0;
}

void jsc_end_entry(JSModuleDef *m)
{
    jsc_body.recording = false;
    /* Before it is linked, a module's function is mere bytecode. */
    jsc_body.bytecode = m ? JS_VALUE_GET_PTR(m->func_obj) : NULL;
}

/* Forgets where the statements are, before the snapshot. */
void jsc_forget_statements(JSContext *ctx)
{
    js_free(ctx, jsc_body.starts);
    jsc_body.starts = NULL;
    jsc_body.count = jsc_body.capacity = 0;
    jsc_body.entry = NULL;
}

/* The index of the body's statement that is running, -1 if no frame of the body is on the stack. */
int jsc_running_statement(JSContext *ctx)
{
    JSStackFrame *sf;
    for (sf = ctx->rt->current_stack_frame; sf != NULL; sf = sf->prev_frame) {
        JSFunctionBytecode *b;
        JSObject *p;
        int line, column, index;
        if (JS_VALUE_GET_TAG(sf->cur_func) != JS_TAG_OBJECT || !sf->cur_pc)
            continue;
        p = JS_VALUE_GET_OBJ(sf->cur_func);
        if (!js_class_has_bytecode(p->class_id))
            continue;
        b = p->u.func.function_bytecode;
        if (b != jsc_body.bytecode)
            continue;
        line = find_line_num(ctx, b, sf->cur_pc - b->byte_code_buf - 1, &column);
        for (index = jsc_body.count - 1; index > 0; index--) {
            JscPosition start = jsc_body.starts[index];
            if (start.line < line || (start.line == line && start.column <= column))
                break;
        }
        return index;
    }
    return -1;
}

/* True once the body's first statement may have run. */
bool jsc_module_started(JSModuleDef *m)
{
    return m->status >= JS_MODULE_STATUS_EVALUATING_ASYNC && m->pending_async_dependencies == 0;
}

/* True when the body waits at the suspension. */
bool jsc_is_suspended(JSContext *ctx)
{
    JSPromiseData *data;
    if (jsc_body.suspend_before < 0)
        return false;
    data = JS_GetOpaque(jsc_body.promise, JS_CLASS_PROMISE);
    (void)ctx;
    return data && !list_empty(&data->promise_reactions[0]);
}

/* Lets the body go on before any job that is already queued, as if it had never waited. */
int jsc_continue_body(JSContext *ctx)
{
    JSRuntime *rt = ctx->rt;
    struct list_head *last = rt->job_list.prev;
    JSValueConst undefined = JS_UNDEFINED;
    JSValue result = JS_Call(ctx, jsc_body.resolving_functions[0], JS_UNDEFINED, 1, &undefined);
    struct list_head *job = rt->job_list.prev;
    if (JS_IsException(result))
        return -1;
    if (job != last) {
        list_del(job);
        list_add(job, &rt->job_list);
    }
    return 0;
}
