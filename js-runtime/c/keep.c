/* Builtins that stay though the program does not name them (`--keep`): paths such as `Array.prototype.flatMap`, `RegExp` or
 * `Promise[Symbol.species]`, as the messages of what was left out have them (left_out.c). */

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

/* The symbol of this description among those of the language, JS_ATOM_NULL where there is none. */
static JSAtom jsc_find_symbol(JSContext *ctx, const char *text, size_t length)
{
    JSAtom symbol;
    for (symbol = JS_ATOM_Symbol_toPrimitive; symbol <= JS_ATOM_Symbol_asyncDispose; symbol++) {
        char description[ATOM_GET_STR_BUF_SIZE];
        JS_AtomGetStr(ctx, description, sizeof(description), symbol);
        if (strlen(description) == length && memcmp(description, text, length) == 0)
            return symbol;
    }
    return JS_ATOM_NULL;
}

/* The key that a path goes on with, `.name` or `[Symbol.name]`, which is left behind; JS_ATOM_NULL where it is none. */
static JSAtom jsc_read_key(JSContext *ctx, const char **path)
{
    const char *start = *path + (**path == '.' || **path == '[');
    size_t length = strcspn(start, **path == '[' ? "]" : ".[");
    bool is_symbol = **path == '[';
    *path = start + length;
    if (!is_symbol)
        return JS_NewAtomLen(ctx, start, length);
    if (**path != ']')
        return JS_ATOM_NULL;
    ++*path;
    return jsc_find_symbol(ctx, start, length);
}

/* What a property holds that an object has or inherits: undefined for an accessor, uninitialized where there is none. */
static JSValue jsc_look_up(JSContext *ctx, JSValueConst object, JSAtom key)
{
    JSObject *p;
    for (p = JS_VALUE_GET_OBJ(object); p; p = p->shape->proto) {
        JSProperty *property;
        JSShapeProperty *shape = find_own_property(&property, p, key);
        if (shape)
            return (shape->flags & JS_PROP_TMASK) == JS_PROP_GETSET ? JS_UNDEFINED : JS_GetProperty(ctx, object, key);
    }
    return JS_UNINITIALIZED;
}

/* The prototype of a class that has no global constructor: `CallSite`, `GeneratorFunction`, and `TypedArray` for what all
 * typed arrays inherit. Uninitialized where there is none. */
static JSValueConst jsc_hidden_prototype(JSContext *ctx, JSAtom name)
{
    char text[ATOM_GET_STR_BUF_SIZE];
    int class_id;
    for (class_id = 1; class_id < ctx->rt->class_count; class_id++)
        if (ctx->rt->class_array[class_id].class_name == name && JS_IsObject(ctx->class_proto[class_id]))
            return ctx->class_proto[class_id];
    JS_AtomGetStr(ctx, text, sizeof(text), name);
    if (strcmp(text, "TypedArray") == 0)
        return JS_MKPTR(JS_TAG_OBJECT, JS_VALUE_GET_OBJ(ctx->class_proto[JS_CLASS_UINT8_ARRAY])->shape->proto);
    return JS_UNINITIALIZED;
}

/* Mentions the names of a path, and all members of what stands at its end. False where there is no such builtin. */
static bool jsc_mention_path(JscMentions *m, const char *path)
{
    static const char of_prototype[] = ".prototype";
    JSContext *ctx = m->ctx;
    JSValue value = js_dup(ctx->global_obj);

    while (*path && JS_IsObject(value)) {
        bool is_global = JS_VALUE_GET_OBJ(value) == JS_VALUE_GET_OBJ(ctx->global_obj);
        JSAtom key = jsc_read_key(ctx, &path);
        JSValue member = key == JS_ATOM_NULL ? JS_UNINITIALIZED : jsc_look_up(ctx, value, key);
        if (JS_IsUninitialized(member) && is_global && key != JS_ATOM_NULL) {
            bool is_prototype = strncmp(path, of_prototype, sizeof(of_prototype) - 1) == 0;
            member = js_dup(jsc_hidden_prototype(ctx, key));
            path += is_prototype ? sizeof(of_prototype) - 1 : 0;
            if (!is_prototype && JS_IsObject(member)) {
                JSValue constructor = JS_GetProperty(ctx, member, JS_ATOM_constructor);
                JS_FreeValue(ctx, member);
                member = constructor;
            }
        }
        jsc_mention_atom(m, key);
        JS_FreeAtom(ctx, key);
        JS_FreeValue(ctx, value);
        value = member;
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
