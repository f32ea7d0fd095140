/* What `require` of an ECMAScript module has to know of it. */

/* True while the module's evaluation is under way: it must not be evaluated once more. */
bool jsc_module_is_evaluating(JSModuleDef *m)
{
    return m->status == JS_MODULE_STATUS_EVALUATING;
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
