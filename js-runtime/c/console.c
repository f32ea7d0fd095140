/* What `console.log` needs to show objects, which is a fourth of a module that calls it: it goes where every call of the
 * console passes one primitive value, such as a text that the program has put together itself.
 *
 * `console.js` reaches it as a property of an object, which is taken away here. */

static const char *const jsc_writers[] = { "log", "info", "debug", "warn", "error" };

static struct {
    JSObject *console, *formatter;
    JSObject *writers[countof(jsc_writers)];
    /* What takes the place of `format`: made in advance, so that it is none of the program's objects. */
    JSValue refusal;
    /* How many refer to the console and to its functions before the program is loaded. */
    int console_references, writer_references[countof(jsc_writers)];
} jsc_console;

/* Who comes by the console without its name may still print something else. */
static JSValue jsc_refuse_format(JSContext *ctx, JSValueConst this_val, int argc, JSValueConst *argv)
{
    return JS_ThrowTypeError(ctx, "what prints anything but one primitive value was left out of this module, which nowhere "
                                  "does that; compile it with --keep console");
}

/* `console.js` hands over the console, and the object that has `format`. */
void jsc_watch_console(JSContext *ctx, JSValueConst console, JSValueConst formatter)
{
    int i;
    jsc_console.console = JS_VALUE_GET_OBJ(js_dup(console));
    jsc_console.formatter = JS_VALUE_GET_OBJ(js_dup(formatter));
    for (i = 0; i < countof(jsc_writers); i++)
        jsc_console.writers[i] = JS_VALUE_GET_OBJ(JS_GetPropertyStr(ctx, console, jsc_writers[i]));
    jsc_console.refusal = JS_NewCFunction(ctx, jsc_refuse_format, "", 0);
}

/* Called before the program is loaded. */
void jsc_count_console_references(void)
{
    int i;
    jsc_console.console_references = JS_REF_COUNT(jsc_console.console);
    for (i = 0; i < countof(jsc_writers); i++)
        jsc_console.writer_references[i] = JS_REF_COUNT(jsc_console.writers[i]);
}

/* Whether the program's objects hold the console or a function of it, or have put others in their places. */
static bool jsc_holds_console(void)
{
    int i;
    for (i = 0; i < countof(jsc_writers); i++) {
        if (JS_REF_COUNT(jsc_console.writers[i]) != jsc_console.writer_references[i])
            return true;
    }
    return JS_REF_COUNT(jsc_console.console) != jsc_console.console_references;
}

/* The names of functions whose results are primitive, as long as the program puts nothing else in their places. */
typedef struct {
    JSAtom console, json, stringify, string, concat;
    JSAtom writers[countof(jsc_writers)];
} JscConsoleNames;

/* What is known of a value on the stack. */
typedef enum {
    JSC_VALUE_UNKNOWN,
    JSC_VALUE_PRIMITIVE,
    /* A string, whose methods are those of `String.prototype`. */
    JSC_VALUE_STRING,
    /* The object `JSON`. */
    JSC_VALUE_JSON,
    /* A function or method whose result is primitive. */
    JSC_VALUE_TEXT_MAKER,
} JscValueKind;

static JscValueKind jsc_kind_of_constant(const JSFunctionBytecode *b, uint32_t index)
{
    if (index >= b->cpool_count || JS_IsObject(b->cpool[index]) ||
        JS_VALUE_GET_TAG(b->cpool[index]) == JS_TAG_FUNCTION_BYTECODE)
        return JSC_VALUE_UNKNOWN;
    return JS_IsString(b->cpool[index]) ? JSC_VALUE_STRING : JSC_VALUE_PRIMITIVE;
}

/* What an instruction that pushes one value pushes, whatever it pops. */
static JscValueKind jsc_kind_of_result(const JSFunctionBytecode *b, const uint8_t *code, const JscConsoleNames *names)
{
    JSAtom name;
    switch (*code) {
    case OP_push_const:
        return jsc_kind_of_constant(b, get_u32(code + 1));
    case OP_push_const8:
        return jsc_kind_of_constant(b, code[1]);
    case OP_push_atom_value:
    case OP_push_empty_string:
    case OP_typeof:
        return JSC_VALUE_STRING;
    case OP_push_i32:
    case OP_push_i16:
    case OP_push_i8:
    case OP_push_minus1:
    case OP_push_0:
    case OP_push_1:
    case OP_push_2:
    case OP_push_3:
    case OP_push_4:
    case OP_push_5:
    case OP_push_6:
    case OP_push_7:
    case OP_push_bigint_i32:
    case OP_push_true:
    case OP_push_false:
    case OP_undefined:
    case OP_null:
    case OP_add:
    case OP_sub:
    case OP_mul:
    case OP_div:
    case OP_mod:
    case OP_pow:
    case OP_neg:
    case OP_plus:
    case OP_not:
    case OP_lnot:
    case OP_inc:
    case OP_dec:
    case OP_shl:
    case OP_sar:
    case OP_shr:
    case OP_and:
    case OP_or:
    case OP_xor:
    case OP_lt:
    case OP_lte:
    case OP_gt:
    case OP_gte:
    case OP_eq:
    case OP_neq:
    case OP_strict_eq:
    case OP_strict_neq:
    case OP_instanceof:
    case OP_in:
        return JSC_VALUE_PRIMITIVE;
    case OP_get_var:
        name = get_u32(code + 1);
        /* It cannot be changed. */
        if (name == JS_ATOM_undefined)
            return JSC_VALUE_PRIMITIVE;
        if (name == names->json)
            return JSC_VALUE_JSON;
        return name == names->string ? JSC_VALUE_TEXT_MAKER : JSC_VALUE_UNKNOWN;
    default:
        return JSC_VALUE_UNKNOWN;
    }
}

static JscValueKind jsc_kind_of_method(JscValueKind receiver, JSAtom name, const JscConsoleNames *names)
{
    bool makes_text = (receiver == JSC_VALUE_JSON && name == names->stringify) ||
                      (receiver == JSC_VALUE_STRING && name == names->concat);
    return makes_text ? JSC_VALUE_TEXT_MAKER : JSC_VALUE_UNKNOWN;
}

/* Whether the method that the OP_get_field2 at `position` reads is called at once, with nothing or one primitive value. */
static bool jsc_is_given_a_primitive(const JSFunctionBytecode *b, int position, const JscConsoleNames *names)
{
    enum { DEEPEST = 16 };
    /* What lies on the stack above the method. */
    JscValueKind kinds[DEEPEST];
    int depth = 0;
    for (;;) {
        JscValueKind result = JSC_VALUE_UNKNOWN;
        const uint8_t *code;
        const JSOpCode *info;
        int taken, i;
        position += short_opcode_info(b->byte_code_buf[position]).size;
        if (position >= b->byte_code_len)
            return false;
        code = b->byte_code_buf + position;
        if (jsc_calls_method_below(code, depth))
            return depth == 0 || (depth == 1 && (kinds[0] == JSC_VALUE_PRIMITIVE || kinds[0] == JSC_VALUE_STRING));
        info = &short_opcode_info(*code);
        taken = jsc_count_taken(code);
        if (taken < 0 || depth < taken || depth - taken + info->n_push > DEEPEST)
            return false;
        if (*code == OP_get_field2) {
            kinds[depth] = jsc_kind_of_method(kinds[depth - 1], get_u32(code + 1), names);
            depth++;
            continue;
        }
        if (*code == OP_dup)
            result = kinds[depth - 1];
        else if (*code == OP_call || *code == OP_call_method || info->fmt == OP_FMT_npopx)
            /* A method is behind its receiver. */
            result = kinds[depth - taken + (*code == OP_call_method)] == JSC_VALUE_TEXT_MAKER ? JSC_VALUE_PRIMITIVE
                                                                                            : JSC_VALUE_UNKNOWN;
        else if (info->n_push == 1)
            result = jsc_kind_of_result(b, code, names);
        depth -= taken;
        for (i = 0; i < info->n_push; i++)
            kinds[depth++] = *code == OP_dup || info->n_push == 1 ? result : JSC_VALUE_UNKNOWN;
    }
}

static bool jsc_is_writer(const JscConsoleNames *names, JSAtom name)
{
    int i;
    for (i = 0; i < countof(jsc_writers); i++) {
        if (names->writers[i] == name)
            return true;
    }
    return false;
}

/* Whether `console` at `position` is a call of a writer with nothing or one primitive value, or only asked whether it exists. */
static bool jsc_prints_a_primitive(const JSFunctionBytecode *b, int position, const JscConsoleNames *names)
{
    const uint8_t *code = b->byte_code_buf + position;
    int next = position + short_opcode_info(*code).size;
    if (next >= b->byte_code_len)
        return false;
    if (*code == OP_get_var_undef)
        return b->byte_code_buf[next] == OP_typeof || b->byte_code_buf[next] == OP_typeof_is_undefined;
    return *code == OP_get_var && b->byte_code_buf[next] == OP_get_field2 &&
           jsc_is_writer(names, get_u32(b->byte_code_buf + next + 1)) && jsc_is_given_a_primitive(b, next, names);
}

/* Whether the code of `b` makes the console show nothing but primitive values, and leaves in their places what makes texts. */
static bool jsc_shows_primitives(const JSFunctionBytecode *b, const JscConsoleNames *names)
{
    int position;
    for (position = 0; position < b->byte_code_len; position += short_opcode_info(b->byte_code_buf[position]).size) {
        const uint8_t *code = b->byte_code_buf + position;
        JSAtom name = jsc_atom_of(code);
        if (name == names->console && !jsc_prints_a_primitive(b, position, names))
            return false;
        if ((name == names->json || name == names->string || name == names->stringify || name == names->concat) &&
            *code != OP_get_var && *code != OP_get_var_undef && *code != OP_get_field && *code != OP_get_field2)
            return false;
    }
    return true;
}

/* Whether a property of a builtin is what it was in the beginning; if it is an object that has been made, `*value` is that. */
static bool jsc_is_original(JSObject *holder, JSAtom name, JSObject **value)
{
    JSProperty *property;
    JSShapeProperty *shape = find_own_property(&property, holder, name);
    *value = NULL;
    if (!shape)
        return false;
    if ((shape->flags & JS_PROP_TMASK) == JS_PROP_AUTOINIT)
        return true;
    if ((shape->flags & JS_PROP_TMASK) != JS_PROP_NORMAL || !JS_IsObject(property->u.value))
        return false;
    *value = JS_VALUE_GET_OBJ(property->u.value);
    return jsc_is_builtin(*value);
}

static bool jsc_are_text_makers_original(JSContext *ctx, const JscConsoleNames *names)
{
    JSObject *global = JS_VALUE_GET_OBJ(ctx->global_obj), *json, *value;
    return jsc_is_original(global, names->json, &json) && (!json || jsc_is_original(json, names->stringify, &value)) &&
           jsc_is_original(global, names->string, &value) &&
           jsc_is_original(JS_VALUE_GET_OBJ(ctx->class_proto[JS_CLASS_STRING]), names->concat, &value);
}

static bool jsc_shows_only_primitives(JSContext *ctx, const JscConsoleNames *names)
{
    struct list_head *el;
    if (jsc_is_kept("console") || jsc_holds_console() || !jsc_are_text_makers_original(ctx, names))
        return false;
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSFunctionBytecode *b = (JSFunctionBytecode *)header;
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE && !jsc_is_of_library(ctx->rt, b) &&
            !jsc_shows_primitives(b, names))
            return false;
    }
    return true;
}

static JscConsoleNames jsc_console_names(JSContext *ctx)
{
    JscConsoleNames names = {
        .console = JS_NewAtom(ctx, "console"),
        .json = JS_NewAtom(ctx, "JSON"),
        .stringify = JS_NewAtom(ctx, "stringify"),
        .string = JS_NewAtom(ctx, "String"),
        .concat = JS_NewAtom(ctx, "concat"),
    };
    int i;
    for (i = 0; i < countof(jsc_writers); i++)
        names.writers[i] = JS_NewAtom(ctx, jsc_writers[i]);
    return names;
}

static void jsc_free_console_names(JSContext *ctx, const JscConsoleNames *names)
{
    int i;
    JS_FreeAtom(ctx, names->console);
    JS_FreeAtom(ctx, names->json);
    JS_FreeAtom(ctx, names->stringify);
    JS_FreeAtom(ctx, names->string);
    JS_FreeAtom(ctx, names->concat);
    for (i = 0; i < countof(jsc_writers); i++)
        JS_FreeAtom(ctx, names->writers[i]);
}

static void jsc_forget_console(JSContext *ctx)
{
    int i;
    JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, jsc_console.console));
    JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, jsc_console.formatter));
    for (i = 0; i < countof(jsc_writers); i++)
        JS_FreeValue(ctx, JS_MKPTR(JS_TAG_OBJECT, jsc_console.writers[i]));
    JS_FreeValue(ctx, jsc_console.refusal);
    memset(&jsc_console, 0, sizeof(jsc_console));
}

/* Called at the seal, when what has run is gone and nothing else: from here on the console need not be watched. Takes out what
 * shows objects where nothing prints any, if it `may`. Returns -1 after an exception. */
int jsc_settle_console(JSContext *ctx, bool may)
{
    JscConsoleNames names = jsc_console_names(ctx);
    int result = 0;
    if (may && jsc_shows_only_primitives(ctx, &names))
        result = JS_SetPropertyStr(ctx, JS_MKPTR(JS_TAG_OBJECT, jsc_console.formatter), "format", js_dup(jsc_console.refusal));
    jsc_free_console_names(ctx, &names);
    jsc_forget_console(ctx);
    return result < 0 ? -1 : 0;
}
