/* The evaluation of a graph of modules (InnerModuleEvaluation of ECMA-262, 16.2.1.6.1.3.1).
 *
 * QuickJS does it by recursion. Here the way to the module that runs is on the heap, so that the evaluation of a program
 * can stop in front of any module (points.c), or within it (suspension.c), and goes on from there when the compiled module
 * starts. */

static bool jsc_waits_within(const JSModuleDef *m);

/* A module that is being evaluated. */
typedef struct {
    JSModuleDef *module;
    /* How many of the modules that it requests are done. */
    int requested;
    /* Whether its body has begun. */
    bool has_begun;
} JscVisit;

typedef struct {
    JSModuleDef *root;
    /* From the root to the module that runs: each was requested by the one before. */
    JscVisit *way;
    int depth, size;
    /* The specification's stack: the modules whose cycles are not known to be complete, linked by `stack_prev`. */
    JSModuleDef *stack;
    int index;
    /* The promise of a body that is suspended though it has no `await`; undefined otherwise. */
    JSValue body;
} JscEvaluation;

typedef enum { JSC_STOPPED = 1, JSC_DONE = 0, JSC_THREW = -1 } JscEvaluationState;

/* The evaluation of the entry and all that it imports. */
static JscEvaluation jsc_program;

/* What goes on with it in the compiled module, undefined where nothing is left to do: only through this value does code lead
 * there. */
static JSValue jsc_rest_of_program = JS_UNDEFINED;

/* The module that the program's evaluation runs, NULL when it is over. */
static JSModuleDef *jsc_running_module(void)
{
    return jsc_program.depth ? jsc_program.way[jsc_program.depth - 1].module : NULL;
}

static int jsc_visit_module(JSContext *ctx, JscEvaluation *e, JSModuleDef *m)
{
    if (js_resize_array(ctx, (void **)&e->way, sizeof(*e->way), &e->size, e->depth + 1))
        return -1;
    e->way[e->depth++] = (JscVisit){ .module = m };
    m->status = JS_MODULE_STATUS_EVALUATING;
    m->dfs_index = m->dfs_ancestor_index = e->index++;
    m->pending_async_dependencies = 0;
    m->stack_prev = e->stack;
    e->stack = m;
    return 0;
}

/* `m` requests a module that has been evaluated, as far as it can be by now. */
static int jsc_end_request(JSContext *ctx, JSModuleDef *m, JSModuleDef *requested, JSValue *error)
{
    if (requested->status == JS_MODULE_STATUS_EVALUATING) {
        m->dfs_ancestor_index = min_int(m->dfs_ancestor_index, requested->dfs_ancestor_index);
    } else {
        if (!requested->eval_has_exception)
            requested = requested->cycle_root;
        if (requested->eval_has_exception) {
            *error = js_dup(requested->eval_exception);
            return -1;
        }
    }
    if (!requested->async_evaluation)
        return 0;
    if (js_resize_array(ctx, (void **)&requested->async_parent_modules, sizeof(*requested->async_parent_modules),
                        &requested->async_parent_modules_size, requested->async_parent_modules_count + 1)) {
        *error = JS_GetException(ctx);
        return -1;
    }
    requested->async_parent_modules[requested->async_parent_modules_count++] = m;
    m->pending_async_dependencies++;
    return 0;
}

/* The body of a module without `await` has come to its end, or it waits at the suspension. */
static JscEvaluationState jsc_end_body(JSContext *ctx, JscEvaluation *e, JSValue promise, JSValue *error)
{
    JSPromiseStateEnum state = JS_PromiseState(ctx, promise);
    e->body = JS_UNDEFINED;
    if (state == JS_PROMISE_PENDING) {
        e->body = promise;
        return JSC_STOPPED;
    }
    if (state == JS_PROMISE_REJECTED) {
        *error = JS_PromiseResult(ctx, promise);
        js_promise_set_handled(ctx, promise);
    }
    JS_FreeValue(ctx, promise);
    return state == JS_PROMISE_REJECTED ? JSC_THREW : JSC_DONE;
}

static JscEvaluationState jsc_run_module(JSContext *ctx, JscEvaluation *e, JSModuleDef *m, JSValue *error)
{
    JSValue promise;
    if (m->has_tla) {
        js_execute_async_module(ctx, m);
        return e == &jsc_program && jsc_waits_within(m) ? JSC_STOPPED : JSC_DONE;
    }
    if (m->init_func) {
        if (m->init_func(ctx, m) >= 0)
            return JSC_DONE;
    } else {
        promise = js_async_function_call(ctx, m->func_obj, JS_UNDEFINED, 0, NULL, 0);
        if (!JS_IsException(promise))
            return jsc_end_body(ctx, e, promise, error);
    }
    *error = JS_GetException(ctx);
    return JSC_THREW;
}

/* Takes `m` off the specification's stack, with its cycle if it is the root of one. */
static void jsc_end_visit(JscEvaluation *e, JSModuleDef *m)
{
    JSModuleDef *of_cycle = NULL;
    e->depth--;
    if (m->dfs_index != m->dfs_ancestor_index)
        return;
    while (of_cycle != m) {
        of_cycle = e->stack;
        e->stack = of_cycle->stack_prev;
        of_cycle->status =
            of_cycle->async_evaluation ? JS_MODULE_STATUS_EVALUATING_ASYNC : JS_MODULE_STATUS_EVALUATED;
        of_cycle->cycle_root = m;
    }
}

/* All that the module requests has been evaluated: runs it, unless it has to wait. */
static JscEvaluationState jsc_evaluate_visited(JSContext *ctx, JscEvaluation *e, JscVisit *visit, JSValue *error)
{
    JSModuleDef *m = visit->module;
    if (visit->has_begun)
        return JS_IsUndefined(e->body) ? JSC_DONE : jsc_end_body(ctx, e, e->body, error);
    if (m->pending_async_dependencies == 0 && e == &jsc_program && jsc_stops_before_module())
        return JSC_STOPPED;
    visit->has_begun = true;
    if (m->pending_async_dependencies > 0 || m->has_tla) {
        m->async_evaluation = true;
        m->async_evaluation_timestamp = ctx->rt->module_async_evaluation_next_timestamp++;
    }
    return m->pending_async_dependencies > 0 ? JSC_DONE : jsc_run_module(ctx, e, m, error);
}

/* Goes on until all modules on the way have been evaluated. */
static JscEvaluationState jsc_evaluate(JSContext *ctx, JscEvaluation *e, JSValue *error)
{
    while (e->depth > 0) {
        JscVisit *visit = &e->way[e->depth - 1];
        JSModuleDef *m = visit->module;
        if (visit->requested < m->req_module_entries_count) {
            JSModuleDef *requested = m->req_module_entries[visit->requested].module;
            if (requested->status == JS_MODULE_STATUS_LINKED) {
                if (jsc_visit_module(ctx, e, requested) < 0) {
                    *error = JS_GetException(ctx);
                    return JSC_THREW;
                }
            } else {
                if (jsc_end_request(ctx, m, requested, error) < 0)
                    return JSC_THREW;
                visit->requested++;
            }
        } else {
            JscEvaluationState state = jsc_evaluate_visited(ctx, e, visit, error);
            if (state != JSC_DONE)
                return state;
            jsc_end_visit(e, m);
        }
    }
    return JSC_DONE;
}

/* The modules whose evaluation has begun fail with `error`, which is freed. */
static void jsc_fail_evaluation(JSContext *ctx, JscEvaluation *e, JSValue error)
{
    for (; e->stack; e->stack = e->stack->stack_prev) {
        JSModuleDef *m = e->stack;
        m->status = JS_MODULE_STATUS_EVALUATED;
        m->eval_has_exception = true;
        m->eval_exception = js_dup(error);
        m->cycle_root = e->root;
    }
    JS_FreeValue(ctx, error);
}

static JscEvaluationState jsc_go_on(JSContext *ctx, JscEvaluation *e)
{
    JSModuleDef *root = e->root;
    JSValue error = JS_UNDEFINED;
    JscEvaluationState state = jsc_evaluate(ctx, e, &error);
    if (state == JSC_STOPPED)
        return state;
    if (state == JSC_THREW)
        jsc_fail_evaluation(ctx, e, error);
    js_free(ctx, e->way);
    e->way = NULL;
    e->depth = e->size = 0;
    if (root->eval_has_exception || !root->async_evaluation) {
        JSValueConst result = root->eval_has_exception ? root->eval_exception : JS_UNDEFINED;
        JS_FreeValue(ctx, JS_Call(ctx, root->resolving_funcs[root->eval_has_exception], JS_UNDEFINED, 1, &result));
    }
    return state;
}

/* Returns -1 after an exception. */
static int jsc_begin_evaluation(JSContext *ctx, JscEvaluation *e, JSModuleDef *m)
{
    *e = (JscEvaluation){ .root = m, .body = JS_UNDEFINED };
    m->promise = JS_NewPromiseCapability(ctx, m->resolving_funcs);
    if (JS_IsException(m->promise))
        return -1;
    return m->status == JS_MODULE_STATUS_LINKED ? jsc_visit_module(ctx, e, m) : 0;
}

/* Evaluates a module and all that it requests: a promise, or an exception (patches/evaluation.patch). */
static JSValue jsc_evaluate_module(JSContext *ctx, JSModuleDef *m)
{
    JscEvaluation e;
    if (m->status == JS_MODULE_STATUS_EVALUATING_ASYNC || m->status == JS_MODULE_STATUS_EVALUATED)
        m = m->cycle_root;
    if (JS_IsUndefined(m->promise)) {
        if (jsc_begin_evaluation(ctx, &e, m) < 0)
            return JS_EXCEPTION;
        jsc_go_on(ctx, &e);
    }
    return js_dup(m->promise);
}

static JSValue jsc_evaluate_rest(JSContext *ctx, JSValueConst this_value, int argc, JSValueConst *argv)
{
    jsc_go_on(ctx, &jsc_program);
    return JS_UNDEFINED;
}

/* The same for the entry, up to where the program is to be suspended. */
JSValue jsc_evaluate_entry(JSContext *ctx, JSModuleDef *m)
{
    if (js_create_module_function(ctx, m) < 0 || js_link_module(ctx, m) < 0 ||
        jsc_begin_evaluation(ctx, &jsc_program, m) < 0)
        return JS_EXCEPTION;
    if (jsc_go_on(ctx, &jsc_program) == JSC_STOPPED)
        jsc_rest_of_program = JS_NewCFunction(ctx, jsc_evaluate_rest, "", 0);
    return js_dup(m->promise);
}
