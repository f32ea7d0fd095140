/* What `require` of an ECMAScript module has to know of it. */

/* True while the module's evaluation is under way: it must not be evaluated once more. */
bool jsc_module_is_evaluating(JSModuleDef *m)
{
    return m->status == JS_MODULE_STATUS_EVALUATING;
}
