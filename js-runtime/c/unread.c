/* Takes out of the program's closed objects (closed.c) what nothing reads, and what only that needed.
 *
 * It begins with the assumption that nothing is read of them, and follows the heap from its roots. The code that is
 * reached reads properties (flow.c), whose values are then followed, until nothing new comes up. */

/* A reference from a place that is not a variable of a function. */
static void jsc_follow_exposed(JSRuntime *rt, JSGCObjectHeader *to)
{
    const JSVarRef *variable = (const JSVarRef *)to;
    int node = jsc_index_of(to);
    jsc_let_escape(jsc_closed_of_node(node));
    if (JS_GC_TYPE(to) == JS_GC_OBJ_TYPE_VAR_REF && node >= 0) {
        jsc_closed.is_exposed[node] = true;
        if (variable->is_detached)
            jsc_let_escape(jsc_closed_of(*variable->pvalue));
    }
    jsc_reach_node(rt, to);
}

/* The same from a module's namespace, through which nobody can write variables. */
static void jsc_follow_readable(JSRuntime *rt, JSGCObjectHeader *to)
{
    const JSVarRef *variable = (const JSVarRef *)to;
    if (JS_GC_TYPE(to) != JS_GC_OBJ_TYPE_VAR_REF) {
        jsc_follow_exposed(rt, to);
        return;
    }
    if (variable->is_detached)
        jsc_let_escape(jsc_closed_of(*variable->pvalue));
    jsc_reach_node(rt, to);
}

static void jsc_follow_code(JSRuntime *rt, const JSObject *p)
{
    const JSFunctionBytecode *b = p->u.func.function_bytecode;
    int i;
    if (p->u.func.home_object)
        jsc_follow_exposed(rt, &p->u.func.home_object->header);
    jsc_reach_node(rt, (JSGCObjectHeader *)&b->header);
    for (i = 0; i < b->closure_var_count; i++)
        if (p->u.func.var_refs[i])
            jsc_reach_node(rt, &p->u.func.var_refs[i]->header);
}

static void jsc_follow_properties(JSRuntime *rt, const JSObject *p)
{
    const JSShapeProperty *shape = get_shape_prop(p->shape);
    int index;
    for (index = 0; index < p->shape->prop_count; index++, shape++) {
        const JSProperty *property = &p->prop[index];
        if (shape->atom == JS_ATOM_NULL)
            continue;
        switch (shape->flags & JS_PROP_TMASK) {
        case JS_PROP_NORMAL:
            JS_MarkValue(rt, property->u.value, jsc_follow_exposed);
            break;
        case JS_PROP_GETSET:
            if (property->u.getset.getter)
                jsc_follow_exposed(rt, &property->u.getset.getter->header);
            if (property->u.getset.setter)
                jsc_follow_exposed(rt, &property->u.getset.setter->header);
            break;
        case JS_PROP_VARREF:
            jsc_follow_exposed(rt, &property->u.var_ref->header);
            break;
        default:
            break;
        }
    }
}

static void jsc_follow_closed(JSRuntime *rt, const JscClosed *closed)
{
    int index;
    jsc_reach_node(rt, &closed->p->shape->header);
    for (index = 0; index < closed->p->shape->prop_count; index++) {
        JSVarRef *variable = jsc_variable_of_property(closed->p, index);
        if (closed->is_read[index] && variable)
            jsc_reach_node(rt, &variable->header);
        else if (closed->is_read[index])
            JS_MarkValue(rt, closed->p->prop[index].u.value, jsc_reach_node);
    }
    if (closed->is_called)
        jsc_follow_code(rt, closed->p);
}

static void jsc_follow_object(JSRuntime *rt, JSObject *p)
{
    JscClosedSet closed = jsc_closed_of_node(jsc_index_of(p));
    if (closed) {
        jsc_follow_closed(rt, jsc_first_closed(closed));
    } else if (js_class_has_bytecode(p->class_id) && p->u.func.function_bytecode && !p->first_weak_ref) {
        jsc_reach_node(rt, &p->shape->header);
        jsc_follow_properties(rt, p);
        jsc_follow_code(rt, p);
    } else {
        mark_children(rt, &p->header, p->class_id == JS_CLASS_MODULE_NS ? jsc_follow_readable : jsc_follow_exposed);
    }
}

static void jsc_follow_node(JSRuntime *rt, JSGCObjectHeader *node)
{
    if (JS_GC_TYPE(node) == JS_GC_OBJ_TYPE_JS_OBJECT)
        jsc_follow_object(rt, (JSObject *)node);
    else
        mark_children(rt, node, JS_GC_TYPE(node) == JS_GC_OBJ_TYPE_VAR_REF ? jsc_reach_node : jsc_follow_exposed);
}

static void jsc_follow_heap(JSRuntime *rt)
{
    int node, i;
    for (node = 0; node < jsc_graph.nodes.count; node++)
        if (JS_REF_COUNT(jsc_graph.nodes.objects[node]) > jsc_graph.degrees[node])
            jsc_follow_exposed(rt, &jsc_graph.nodes.objects[node]->header);
    for (i = 0; i < jsc_closed.count; i++)
        if (jsc_graph.marks[jsc_index_of(jsc_closed.objects[i].p)] != JSC_UNREACHED)
            jsc_follow_object(rt, jsc_closed.objects[i].p);
    while (jsc_graph.waiting_count > 0)
        jsc_follow_node(rt, jsc_graph.waiting[--jsc_graph.waiting_count]);
}

/* The function object at this node if its code can run, NULL for any other node. */
static JSObject *jsc_function_at(int node)
{
    JSObject *p = jsc_graph.nodes.objects[node];
    JscClosedSet closed = jsc_closed_of_node(node);
    if (jsc_graph.marks[node] == JSC_UNREACHED || JS_GC_TYPE(p) != JS_GC_OBJ_TYPE_JS_OBJECT ||
        !js_class_has_bytecode(p->class_id) || !p->u.func.function_bytecode ||
        (closed && !jsc_first_closed(closed)->is_called))
        return NULL;
    return p;
}

/* The bytecode at this node if it can run, NULL for any other node. */
static JSFunctionBytecode *jsc_bytecode_at(int node)
{
    JSFunctionBytecode *b = (JSFunctionBytecode *)jsc_graph.nodes.objects[node];
    return jsc_graph.marks[node] != JSC_UNREACHED && JS_GC_TYPE(b) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE ? b : NULL;
}

static bool jsc_takes_from_around(const JSClosureVar *variable)
{
    return variable->closure_type == JS_CLOSURE_REF || variable->closure_type == JS_CLOSURE_GLOBAL_REF;
}

/* What the function writes, functions within it included. Returns -1 where memory ran out. */
static int jsc_gather_writes(JSContext *ctx, JSFunctionBytecode *b)
{
    JscCode *code = jsc_code_of(ctx, b);
    int i, j;
    if (!code)
        return -1;
    for (i = 0; i < b->cpool_count; i++) {
        JSFunctionBytecode *inner = JS_VALUE_GET_PTR(b->cpool[i]);
        if (JS_VALUE_GET_TAG(b->cpool[i]) != JS_TAG_FUNCTION_BYTECODE)
            continue;
        if (jsc_gather_writes(ctx, inner))
            return -1;
        for (j = 0; j < inner->closure_var_count; j++)
            if (jsc_takes_from_around(&inner->closure_var[j]))
                code->writes[inner->closure_var[j].var_idx] |= jsc_code_of(ctx, inner)->writes[j];
    }
    return 0;
}

static void jsc_merge_variable(JscFlowValue *variable, JscFlowValue value, bool is_first)
{
    variable->may |= value.may;
    variable->function = is_first || variable->function == value.function ? value.function : NULL;
}

static JscFlowValue jsc_value_of_variable(const JSVarRef *variable)
{
    JscFlowValue value = jsc_not_closed;
    if (!variable || jsc_index_of(variable) < 0 || !variable->is_detached)
        return value;
    value.may = jsc_closed_of(*variable->pvalue);
    if (!jsc_is_written_variable(variable) && jsc_has_bytecode(*variable->pvalue))
        value.function = JS_VALUE_GET_OBJ(*variable->pvalue);
    return value;
}

/* Gives functions within `code` what it has. */
static void jsc_hand_down_variables(JSContext *ctx, const JscCode *code)
{
    const JSFunctionBytecode *b = code->b;
    int i, j;
    for (i = 0; i < b->cpool_count; i++) {
        JSFunctionBytecode *inner = JS_VALUE_GET_PTR(b->cpool[i]);
        JscCode *of_inner;
        if (JS_VALUE_GET_TAG(b->cpool[i]) != JS_TAG_FUNCTION_BYTECODE)
            continue;
        of_inner = jsc_code_of(ctx, inner);
        for (j = 0; j < inner->closure_var_count; j++) {
            const JSClosureVar *variable = &inner->closure_var[j];
            jsc_merge_variable(&of_inner->variables[j],
                               jsc_takes_from_around(variable) ? code->variables[variable->var_idx] : jsc_not_closed,
                               !of_inner->has_variables);
        }
        of_inner->has_variables = true;
        jsc_hand_down_variables(ctx, of_inner);
    }
}

static void jsc_forget_variables(void)
{
    int node;
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JscCode *code = jsc_codes[node];
        if (code) {
            memset(code->variables, 0, code->b->closure_var_count * sizeof(*code->variables));
            code->has_variables = false;
        }
    }
}

/* Finds what the variables of all code that can run hold. Returns -1 where memory ran out. */
static int jsc_gather_variables(JSContext *ctx)
{
    int node, i;
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JSFunctionBytecode *b = jsc_bytecode_at(node);
        if (b && jsc_gather_writes(ctx, b))
            return -1;
    }
    jsc_forget_variables();
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JSObject *p = jsc_function_at(node);
        for (i = 0; p && i < p->u.func.function_bytecode->closure_var_count; i++) {
            int variable = jsc_index_of(p->u.func.var_refs[i]);
            if (variable >= 0 && jsc_code_of(ctx, p->u.func.function_bytecode)->writes[i])
                jsc_closed.is_written[variable] = true;
        }
    }
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JSObject *p = jsc_function_at(node);
        JscCode *code = p ? jsc_code_of(ctx, p->u.func.function_bytecode) : NULL;
        for (i = 0; p && i < p->u.func.function_bytecode->closure_var_count; i++)
            jsc_merge_variable(&code->variables[i], jsc_value_of_variable(p->u.func.var_refs[i]), !code->has_variables);
        if (code)
            code->has_variables = true;
    }
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JSObject *p = jsc_function_at(node);
        if (p)
            jsc_hand_down_variables(ctx, jsc_code_of(ctx, p->u.func.function_bytecode));
    }
    return 0;
}

/* A function that is called and can get at itself is known to others than those who call it. */
static void jsc_let_known_functions_escape(JSContext *ctx)
{
    int i;
    for (i = 0; i < jsc_closed.count; i++) {
        JscClosed *closed = &jsc_closed.objects[i];
        JscCode *code;
        if (!closed->is_called || closed->has_escaped)
            continue;
        code = js_class_has_bytecode(closed->p->class_id) ? jsc_code_of(ctx, closed->p->u.func.function_bytecode) : NULL;
        if (!code || code->has_frame || jsc_closed.knows_callers)
            jsc_let_escape((JscClosedSet)1 << i);
    }
}

/* Returns -1 where memory ran out: nothing is known then. */
static int jsc_find_unread(JSContext *ctx)
{
    const JSStackFrame *suspended = jsc_find_suspended_frame(ctx);
    int node;
    jsc_codes = js_mallocz(ctx, jsc_graph.nodes.count * sizeof(*jsc_codes) + 1);
    if (!jsc_codes)
        return -1;
    do {
        jsc_closed.has_changed = false;
        jsc_follow_heap(ctx->rt);
        if (jsc_gather_variables(ctx))
            return -1;
        for (node = 0; node < jsc_graph.nodes.count; node++)
            if (jsc_bytecode_at(node))
                jsc_flow_through(ctx, jsc_codes[node], suspended);
        jsc_let_known_functions_escape(ctx);
    } while (jsc_closed.has_changed);
    return 0;
}

/* Takes the properties out that are not read, and the code if it is not called. Returns -1 after an exception. */
static int jsc_take_unread(JSContext *ctx, JscClosed *closed)
{
    JSObject *p = closed->p;
    int count = 0, result = 0, i;
    JSAtom *names = js_malloc(ctx, p->shape->prop_count * sizeof(*names));
    if (!names)
        return -1;
    for (i = 0; i < p->shape->prop_count; i++) {
        JSShapeProperty *property = &get_shape_prop(p->shape)[i];
        /* Messages of errors show what functions are called. */
        if (closed->is_read[i] || property->atom == JS_ATOM_NULL || (closed->is_called && property->atom == JS_ATOM_name))
            continue;
        if (js_shape_prepare_update(ctx, p, &property)) {
            result = -1;
            break;
        }
        property->flags |= JS_PROP_CONFIGURABLE;
        names[count++] = JS_DupAtom(ctx, property->atom);
    }
    for (i = 0; i < count; i++) {
        if (result == 0 && delete_property(ctx, p, names[i]) < 0)
            result = -1;
        JS_FreeAtom(ctx, names[i]);
    }
    js_free(ctx, names);
    if (result == 0 && p->class_id == JS_CLASS_BYTECODE_FUNCTION && !closed->is_called &&
        JS_REF_COUNT(p->u.func.function_bytecode) == 1)
        result = jsc_clear_code(ctx, p);
    return result;
}

/* Returns -1 after an exception; what could not be taken out stays. */
static int jsc_drop_unread(JSContext *ctx)
{
    int result = jsc_begin_graph(ctx, NULL), count = 0, i;
    JscClosed unread[JSC_CLOSED_MAX];

    if (result == 0)
        result = jsc_begin_closed(ctx);
    if (result == 0 && jsc_closed.count > 0)
        result = jsc_find_unread(ctx);
    for (i = 0; result == 0 && i < jsc_closed.count; i++) {
        JSObject *p = jsc_closed.objects[i].p;
        if (jsc_closed.objects[i].has_escaped || jsc_graph.marks[jsc_index_of(p)] == JSC_UNREACHED)
            continue;
        js_dup(JS_MKPTR(JS_TAG_OBJECT, p));
        unread[count++] = jsc_closed.objects[i];
    }
    jsc_free_codes(ctx);
    jsc_end_graph(ctx);
    for (i = 0; i < count; i++) {
        if (result == 0)
            result = jsc_take_unread(ctx, &unread[i]);
        JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, unread[i].p));
    }
    jsc_end_closed(ctx);
    JS_RunGC(ctx->rt);
    return result;
}
