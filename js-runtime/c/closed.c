/* Objects of the program of which every use is known: which of their properties are read, and whether they are called.
 *
 * A library's `_`, with a property for each of its functions, is held by variables, and code reads its properties by names
 * that stand in the bytecode; so is a module's namespace. Where that is all that is ever done to an object, it is closed: properties that no code
 * reads cannot be observed. An object that is put anywhere else, given to anybody else, read by a computed key or
 * enumerated, escapes: all of it counts as read and called from then on. unread.c puts this together. */

/* A set of closed objects, by index. */
typedef uint64_t JscClosedSet;

enum { JSC_CLOSED_MAX = 64, JSC_CLOSED_PROPERTIES = 6 };

typedef struct {
    JSObject *p;
    bool has_escaped;
    /* Only functions are. */
    bool is_called;
    /* By index of the property. */
    bool *is_read, *is_written, *is_method;
} JscClosed;

static struct {
    JscClosed objects[JSC_CLOSED_MAX];
    int count;
    /* By node of the graph: one more than its index in `objects`, 0 for others. */
    uint8_t *index_of;
    /* By node of the graph: of variables, whether the functions that have them write them, and whether others can. */
    bool *is_written, *is_exposed;
    /* The name of the method of call sites that gives a function, and whether code reads it. */
    JSAtom get_function;
    bool knows_callers;
    /* Whether something became known since this was last cleared. */
    bool has_changed;
} jsc_closed;

/* The object alone, and nothing if it is not closed. */
static JscClosedSet jsc_closed_of_node(int node)
{
    int index = node < 0 ? 0 : jsc_closed.index_of[node];
    return index && !jsc_closed.objects[index - 1].has_escaped ? (JscClosedSet)1 << (index - 1) : 0;
}

static JscClosedSet jsc_closed_of(JSValueConst value)
{
    return JS_VALUE_GET_TAG(value) == JS_TAG_OBJECT ? jsc_closed_of_node(jsc_index_of(JS_VALUE_GET_OBJ(value))) : 0;
}

static JscClosed *jsc_first_closed(JscClosedSet set)
{
    return &jsc_closed.objects[__builtin_ctzll(set)];
}

static void jsc_note(bool *fact)
{
    if (!*fact)
        jsc_closed.has_changed = true;
    *fact = true;
}

static void jsc_let_escape(JscClosedSet set)
{
    for (; set; set &= set - 1)
        jsc_note(&jsc_first_closed(set)->has_escaped);
}

/* The variable that a property of a module's namespace stands for, NULL for other properties. */
static JSVarRef *jsc_variable_of_property(const JSObject *p, int index)
{
    bool is_variable = (get_shape_prop(p->shape)[index].flags & JS_PROP_TMASK) == JS_PROP_VARREF;
    JSVarRef *variable = is_variable ? p->prop[index].u.var_ref : NULL;
    return variable && variable->is_detached && p->class_id == JS_CLASS_MODULE_NS ? variable : NULL;
}

static JSValueConst jsc_value_of_property(const JSObject *p, int index)
{
    const JSVarRef *variable = jsc_variable_of_property(p, index);
    return variable ? *variable->pvalue : p->prop[index].u.value;
}

/* The index of an own property that holds a value, -1 for any other. */
static int jsc_index_of_property(const JSObject *p, JSAtom name)
{
    const JSShapeProperty *shape = get_shape_prop(p->shape);
    int index;
    for (index = 0; index < p->shape->prop_count; index++)
        if (shape[index].atom == name)
            return shape[index].flags & JS_PROP_TMASK && !jsc_variable_of_property(p, index) ? -1 : index;
    return -1;
}

/* Code reads this property of each of the objects. Returns which closed objects it may get. */
static JscClosedSet jsc_read_closed(JscClosedSet set, JSAtom name)
{
    JscClosedSet values = 0;
    for (; set; set &= set - 1) {
        JscClosed *closed = jsc_first_closed(set);
        int index = jsc_index_of_property(closed->p, name);
        if (index < 0) {
            /* Of an accessor or another object's. */
            jsc_note(&closed->has_escaped);
        } else {
            jsc_note(&closed->is_read[index]);
            values |= jsc_closed_of(jsc_value_of_property(closed->p, index));
        }
    }
    return values;
}

/* Code writes this property of each of the objects. */
static void jsc_write_closed(JscClosedSet set, JSAtom name)
{
    jsc_read_closed(set, name);
    for (; set; set &= set - 1) {
        JscClosed *closed = jsc_first_closed(set);
        int index = jsc_index_of_property(closed->p, name);
        if (index >= 0)
            jsc_note(closed->is_method[index] ? &closed->has_escaped : &closed->is_written[index]);
    }
}

static bool jsc_has_bytecode(JSValueConst value)
{
    return JS_VALUE_GET_TAG(value) == JS_TAG_OBJECT && js_class_has_bytecode(JS_VALUE_GET_OBJ(value)->class_id);
}

/* Whether the value is a function of the engine that does not look at its `this`: those that libraries put into objects
 * of theirs. */
static bool jsc_ignores_this(JSValueConst value)
{
    static JSCFunction *const functions[] = { js_array_isArray, js_error_capture_stack_trace };
    const JSObject *p = JS_VALUE_GET_OBJ(value);
    size_t i;
    for (i = 0; i < countof(functions); i++)
        if (p->class_id == JS_CLASS_C_FUNCTION && p->u.cfunc.c_function.generic == functions[i])
            return true;
    return false;
}

/* Whether the variable can come to hold something else. */
static bool jsc_is_written_variable(const JSVarRef *variable)
{
    int node = variable ? jsc_index_of(variable) : -1;
    return node >= 0 && (jsc_closed.is_exposed[node] || jsc_closed.is_written[node]);
}

/* Code calls this property as a method of a closed object: its function, NULL where that is not known and the object
 * escapes, or where there is none that looks at its `this`. */
static JSObject *jsc_method_of_closed(JscClosed *closed, JSAtom name)
{
    int index = jsc_index_of_property(closed->p, name);
    JSValueConst value = index < 0 ? JS_UNDEFINED : jsc_value_of_property(closed->p, index);
    if (index < 0 || closed->is_written[index] || jsc_is_written_variable(jsc_variable_of_property(closed->p, index)) ||
        (JS_IsObject(value) && !jsc_has_bytecode(value) && !jsc_ignores_this(value))) {
        jsc_note(&closed->has_escaped);
        return NULL;
    }
    jsc_note(&closed->is_method[index]);
    return jsc_has_bytecode(value) ? JS_VALUE_GET_OBJ(value) : NULL;
}

static void jsc_call_closed(JscClosedSet set)
{
    for (; set; set &= set - 1)
        jsc_note(&jsc_first_closed(set)->is_called);
}

static bool jsc_may_be_closed(JSContext *ctx, const JSObject *p)
{
    const JSShapeProperty *shape = get_shape_prop(p->shape);
    const JSValue proto = p->shape->proto ? JS_MKPTR(JS_TAG_OBJECT, p->shape->proto) : JS_NULL;
    int index, count = 0;
    switch (p->class_id) {
    case JS_CLASS_OBJECT:
    case JS_CLASS_BYTECODE_FUNCTION:
        if (p->is_exotic)
            return false;
        break;
    case JS_CLASS_MODULE_NS:
        break;
    default:
        return false;
    }
    if (p->first_weak_ref || jsc_is_of_boot(p))
        return false;
    /* So that nothing of the program's is reached through it. */
    if (JS_IsObject(proto) && JS_VALUE_GET_OBJ(proto) != JS_VALUE_GET_OBJ(ctx->class_proto[JS_CLASS_OBJECT]) &&
        JS_VALUE_GET_OBJ(proto) != JS_VALUE_GET_OBJ(ctx->function_proto))
        return false;
    for (index = 0; index < p->shape->prop_count; index++) {
        if (shape[index].atom == JS_ATOM_NULL)
            continue;
        /* `instanceof` and the like read by symbols. */
        if (!jsc_is_text(ctx, shape[index].atom) && shape[index].atom != JS_ATOM_Symbol_toStringTag)
            return false;
        count++;
    }
    return count >= JSC_CLOSED_PROPERTIES;
}

static void jsc_end_closed(JSContext *ctx)
{
    int i;
    for (i = 0; i < jsc_closed.count; i++)
        js_free(ctx, jsc_closed.objects[i].is_read);
    js_free(ctx, jsc_closed.index_of);
    js_free(ctx, jsc_closed.is_written);
    js_free(ctx, jsc_closed.is_exposed);
    JS_FreeAtom(ctx, jsc_closed.get_function);
    memset(&jsc_closed, 0, sizeof(jsc_closed));
}

/* Chooses the objects that are worth a look, those with the most properties where there are too many. Returns -1 where
 * memory ran out. `jsc_end_closed` frees what it takes in any case. */
static int jsc_begin_closed(JSContext *ctx)
{
    int node, i;
    jsc_closed.get_function = JS_NewAtom(ctx, "getFunction");
    if (jsc_closed.get_function == JS_ATOM_NULL)
        return -1;
    jsc_closed.index_of = js_mallocz(ctx, jsc_graph.nodes.count + 1);
    jsc_closed.is_written = js_mallocz(ctx, jsc_graph.nodes.count + 1);
    jsc_closed.is_exposed = js_mallocz(ctx, jsc_graph.nodes.count + 1);
    if (!jsc_closed.index_of || !jsc_closed.is_written || !jsc_closed.is_exposed)
        return -1;
    for (node = 0; node < jsc_graph.nodes.count; node++) {
        JSObject *p = jsc_graph.nodes.objects[node];
        int place = jsc_closed.count;
        if (JS_GC_TYPE(p) != JS_GC_OBJ_TYPE_JS_OBJECT || !jsc_may_be_closed(ctx, p))
            continue;
        if (place == JSC_CLOSED_MAX) {
            place = 0;
            for (i = 1; i < jsc_closed.count; i++)
                if (jsc_closed.objects[i].p->shape->prop_count < jsc_closed.objects[place].p->shape->prop_count)
                    place = i;
            if (p->shape->prop_count <= jsc_closed.objects[place].p->shape->prop_count)
                continue;
        } else {
            jsc_closed.count++;
        }
        jsc_closed.objects[place].p = p;
    }
    for (i = 0; i < jsc_closed.count; i++) {
        JscClosed *closed = &jsc_closed.objects[i];
        int count = closed->p->shape->prop_count;
        jsc_closed.index_of[jsc_index_of(closed->p)] = i + 1;
        closed->is_read = js_mallocz(ctx, count * 3);
        if (!closed->is_read)
            return -1;
        closed->is_written = closed->is_read + count;
        closed->is_method = closed->is_written + count;
    }
    return 0;
}
