/* What is asked of modules from outside, and their end: what they were for is over when they have been evaluated. */

/* True while the module's evaluation is under way: it must not be evaluated once more. */
bool jsc_module_is_evaluating(JSModuleDef *m)
{
    return m->status == JS_MODULE_STATUS_EVALUATING;
}

/* True when nothing is left to do of the module's evaluation. */
bool jsc_module_has_run(JSModuleDef *m)
{
    return m->status == JS_MODULE_STATUS_EVALUATED;
}

/* The module of this name, NULL if there is none. */
JSModuleDef *jsc_find_module(JSContext *ctx, const char *name)
{
    JSModuleDef *m;
    JSAtom atom = JS_NewAtom(ctx, name);
    if (atom == JS_ATOM_NULL)
        return NULL;
    m = js_find_loaded_module_by_name(ctx, atom);
    JS_FreeAtom(ctx, atom);
    return m;
}

static bool jsc_is_imported(JSContext *ctx, JSValueConst importer, JSValueConst specifier, JSValueConst attributes)
{
    JSRuntime *rt = ctx->rt;
    const char *base = JS_ToCString(ctx, importer), *text = JS_ToCString(ctx, specifier);
    char *name = base && text ? rt->normalize_u.module_normalize_func2(ctx, base, text, attributes, NULL) : NULL;
    const JSModuleDef *m = name ? jsc_find_module(ctx, name) : NULL;
    js_free(ctx, name);
    JS_FreeCString(ctx, text);
    JS_FreeCString(ctx, base);
    return m && m->status >= JS_MODULE_STATUS_LINKED;
}

/* A job of `import()` waits for all jobs but others of its kind where the module has not been imported yet: Node reads a
 * file meanwhile. Puts it at the end then. */
static bool jsc_postpones_import(JSContext *ctx, int argc, JSValueConst *argv)
{
    struct list_head *el;
    list_for_each(el, &ctx->rt->job_list) {
        if (list_entry(el, JSJobEntry, link)->job_func != js_dynamic_import_job)
            return JS_IsString(argv[2]) && !jsc_is_imported(ctx, argv[2], argv[3], argv[4]) &&
                   JS_EnqueueJob(ctx, js_dynamic_import_job, argc, argv) == 0;
    }
    return false;
}

/* Marks a module, and what its evaluation may need, as one that stays. */
static void jsc_keep_module(JSModuleDef *m)
{
    int i;
    if (!m || m->stays)
        return;
    m->stays = true;
    jsc_keep_module(m->cycle_root);
    for (i = 0; i < m->req_module_entries_count; i++)
        jsc_keep_module(m->req_module_entries[i].module);
    for (i = 0; i < m->async_parent_modules_count; i++)
        jsc_keep_module(m->async_parent_modules[i]);
}

/* `export * as ns` is made when it is first asked for, out of a module that may be gone then: makes it now. Returns the
 * number of those that it made, -1 after an exception. */
static int jsc_make_namespaces(JSContext *ctx)
{
    struct list_head *el;
    int count = 0;
    uint32_t i;
    list_for_each(el, &ctx->loaded_modules) {
        JSModuleDef *m = list_entry(el, JSModuleDef, link);
        JSObject *p;
        if (!JS_IsObject(m->module_ns))
            continue;
        p = JS_VALUE_GET_OBJ(m->module_ns);
        for (i = 0; i < p->shape->prop_count; i++) {
            JSShapeProperty *prs = &get_shape_prop(p->shape)[i];
            JSValue value;
            if ((prs->flags & JS_PROP_TMASK) != JS_PROP_AUTOINIT)
                continue;
            value = JS_GetProperty(ctx, m->module_ns, prs->atom);
            if (JS_IsException(value))
                return -1;
            JS_FreeValue(ctx, value);
            count++;
        }
    }
    return count;
}

/* Takes everything from a module but what `import.meta` needs. */
static void jsc_hollow_module(JSContext *ctx, JSModuleDef *m)
{
    JSModuleDef *hollow = js_new_module_def(ctx, JS_DupAtom(ctx, m->module_name));
    if (!hollow)
        return;
    hollow->meta_obj = js_dup(m->meta_obj);
    hollow->resolved = true;
    hollow->status = JS_MODULE_STATUS_EVALUATED;
    hollow->stays = true;
}

/* Marks the module of this name as one that is used while the program runs. */
void jsc_keep_module_by_name(JSContext *ctx, const char *name)
{
    jsc_keep_module(jsc_find_module(ctx, name));
}

/* Frees the modules that have been evaluated: their functions and variables live on where something refers to them. */
void jsc_drop_modules(JSContext *ctx)
{
    struct list_head *el, *next;
    int made;
    do
        made = jsc_make_namespaces(ctx);
    while (made > 0);
    if (made < 0) {
        JS_FreeValue(ctx, JS_GetException(ctx));
        return;
    }
    /* A body runs once. */
    list_for_each(el, &ctx->loaded_modules) {
        JSModuleDef *m = list_entry(el, JSModuleDef, link);
        if (m->status == JS_MODULE_STATUS_EVALUATED && !m->eval_has_exception) {
            JS_FreeValue(ctx, m->func_obj);
            m->func_obj = JS_UNDEFINED;
        }
    }
    /* Frees the callbacks of evaluations that are over, which refer to modules. */
    JS_RunGC(ctx->rt);
    list_for_each(el, &ctx->loaded_modules) {
        JSModuleDef *m = list_entry(el, JSModuleDef, link);
        if (m->status != JS_MODULE_STATUS_EVALUATED || JS_REF_COUNT(m) > 1)
            jsc_keep_module(m);
    }
    list_for_each_safe(el, next, &ctx->loaded_modules) {
        JSModuleDef *m = list_entry(el, JSModuleDef, link);
        if (m->stays)
            continue;
        if (JS_IsObject(m->meta_obj))
            jsc_hollow_module(ctx, m);
        js_free_module_def(ctx, m);
    }
    JS_RunGC(ctx->rt);
}

/* Tells `visit` of every function's bytecode: the file that it comes from and its bytes. */
void jsc_visit_bytecode(JSRuntime *rt, void (*visit)(JSAtom file, size_t bytes))
{
    struct list_head *el;
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE) {
            JSFunctionBytecode *b = (JSFunctionBytecode *)header;
            visit(b->filename, js_malloc_usable_size_rt(rt, b) + b->pc2line_len);
        }
    }
}
