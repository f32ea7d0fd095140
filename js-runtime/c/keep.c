/* Builtins that stay though the program does not name them (`--keep`): paths such as `Array.prototype.flatMap` or `RegExp`. */

static struct {
    char **paths;
    int count;
} jsc_kept;

static void jsc_mention_members(JscMentions *m, JSValueConst value)
{
    JSObject *p;
    int index;
    if (JS_VALUE_GET_TAG(value) != JS_TAG_OBJECT)
        return;
    p = JS_VALUE_GET_OBJ(value);
    for (index = 0; index < p->shape->prop_count; index++)
        jsc_mention_atom(m, get_shape_prop(p->shape)[index].atom);
}

/* Mentions the names of a path, and all members of what stands at its end. False where there is no such builtin. */
static bool jsc_mention_path(JscMentions *m, const char *path)
{
    JSContext *ctx = m->ctx;
    JSValue value = js_dup(ctx->global_obj);

    while (*path && JS_IsObject(value)) {
        size_t length = strcspn(path, ".");
        JSAtom name = JS_NewAtomLen(ctx, path, length);
        JSValue member = JS_HasProperty(ctx, value, name) > 0 ? JS_GetProperty(ctx, value, name) : JS_UNINITIALIZED;
        jsc_mention_atom(m, name);
        JS_FreeAtom(ctx, name);
        JS_FreeValue(ctx, value);
        value = member;
        path += length + (path[length] == '.');
    }
    if (*path || JS_IsUninitialized(value) || JS_IsException(value)) {
        JS_FreeValue(ctx, value);
        JS_FreeValue(ctx, JS_GetException(ctx));
        return false;
    }
    jsc_mention_members(m, value);
    if (JS_IsFunction(ctx, value)) {
        JSValue prototype = JS_GetProperty(ctx, value, JS_ATOM_prototype);
        jsc_mention_members(m, prototype);
        JS_FreeValue(ctx, prototype);
    }
    JS_FreeValue(ctx, value);
    return true;
}

static void jsc_mention_kept(JscMentions *m)
{
    int i;
    for (i = 0; i < jsc_kept.count; i++)
        jsc_mention_path(m, jsc_kept.paths[i]);
}

static bool jsc_is_kept(const char *path)
{
    int i;
    for (i = 0; i < jsc_kept.count; i++) {
        if (strcmp(jsc_kept.paths[i], path) == 0)
            return true;
    }
    return false;
}

/* Called after boot. Returns -1 where there is no such builtin, or no memory. */
int jsc_keep(JSContext *ctx, const char *path)
{
    JscMentions probe = { .ctx = ctx };
    char **paths = js_realloc(ctx, jsc_kept.paths, (jsc_kept.count + 1) * sizeof(*paths));
    if (!paths)
        return -1;
    jsc_kept.paths = paths;
    paths[jsc_kept.count] = js_strdup(ctx, path);
    if (!paths[jsc_kept.count] || !jsc_mention_path(&probe, path))
        return -1;
    jsc_kept.count++;
    return 0;
}

static void jsc_forget_kept(JSContext *ctx)
{
    while (jsc_kept.count > 0)
        js_free(ctx, jsc_kept.paths[--jsc_kept.count]);
    js_free(ctx, jsc_kept.paths);
    jsc_kept.paths = NULL;
}
