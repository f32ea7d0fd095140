/* The names that the program can mention: what its bytecode and its strings say.
 *
 * A name that is put together at run time is not among them; reading a builtin by such a name throws an error that says
 * how to keep it (strip.c). */

typedef enum {
    JSC_OF_PROGRAM, /* what the program's own modules say */
    JSC_OF_ALL,     /* the runtime library's, too */
    JSC_OF_VALUES,  /* the same but for the keys in code */
} JscMentionScope;

/* What is known of a name: that the program or a builtin can ask for it, that it gives iterators, that the runtime library
 * reads it but never calls what it finds, that the program holds a builtin function of this name. */
enum { JSC_IS_NAMED = 1, JSC_GIVES_ITERATOR = 2, JSC_IS_READ = 4, JSC_IS_HELD = 8 };

typedef struct {
    JSContext *ctx;
    /* By atom: flags. */
    uint8_t *named;
    uint32_t size;
    /* Whether iterators may be at hand: named outside of `Object.keys` and the like. */
    bool has_iterator;
    /* By opcode. */
    bool opcodes[256];
    /* By `JSFunctionKindEnum`. */
    bool kinds[4];
    /* Whether the program can have values of these types, or `Symbol` itself. */
    bool has_symbol, has_bigint;
    /* Whether the code that is looked at is the runtime library's. */
    bool is_in_library;
    /* What the program's texts may need of the compiler of regular expressions. */
    JscPatternParts patterns;
} JscMentions;

/* What the language and the builtins ask objects for by themselves. */
static const JSAtom jsc_implicit_names[] = {
    JS_ATOM_next, JS_ATOM_return, JS_ATOM_throw, JS_ATOM_done, JS_ATOM_value, JS_ATOM_prototype,
    JS_ATOM_length, JS_ATOM_name, JS_ATOM_message, JS_ATOM_cause, JS_ATOM_errors, JS_ATOM_toJSON,
    JS_ATOM___proto__, JS_ATOM_get, JS_ATOM_exec, JS_ATOM_flags, JS_ATOM_source, JS_ATOM_lastIndex, JS_ATOM_index,
    JS_ATOM_groups, JS_ATOM_undefined, JS_ATOM_globalThis,
};

static bool jsc_is_text(JSContext *ctx, JSAtom name)
{
    return JS_AtomGetKind(ctx, name) == JS_ATOM_KIND_STRING;
}

/* Of texts; of symbols, whether the program can have this one. */
static inline bool jsc_is_mentioned(const JscMentions *m, JSAtom atom)
{
    return __JS_AtomIsTaggedInt(atom) || atom >= m->size || m->named[atom] & JSC_IS_NAMED;
}

/* Whether the program can call a builtin function of this name. */
static inline bool jsc_is_callable(const JscMentions *m, JSAtom atom)
{
    return jsc_is_mentioned(m, atom) || m->named[atom] & JSC_IS_HELD;
}

/* Whether the runtime library asks for it. */
static inline bool jsc_is_read(const JscMentions *m, JSAtom atom)
{
    return !__JS_AtomIsTaggedInt(atom) && atom < m->size && m->named[atom] & JSC_IS_READ;
}

/* Whether the runtime library never calls what it finds by this name: it shows constructors' names, and compares values'
 * classes with them. */
static bool jsc_is_only_shown(JSRuntime *rt, JSAtom atom)
{
    const JSAtomStruct *text = rt->atom_array[atom];
    char first = text->is_wide_char || text->len == 0 ? '\0' : *str8((JSAtomStruct *)text);
    return atom == JS_ATOM_constructor || (first >= 'A' && first <= 'Z');
}

static void jsc_mention_atom(JscMentions *m, JSAtom atom)
{
    if (__JS_AtomIsTaggedInt(atom) || atom >= m->size)
        return;
    m->named[atom] |= m->is_in_library && jsc_is_only_shown(m->ctx->rt, atom) ? JSC_IS_READ : JSC_IS_NAMED;
}

/* No builtin's name is longer. */
enum { JSC_MAX_NAME = 64 };

/* Names that give an iterator to whoever calls them, or its prototype. */
static const char jsc_iterator_names[] =
    "keys values entries next matchAll Iterator getPrototypeOf setPrototypeOf __proto__";

static bool jsc_gives_iterator(const JscMentions *m, JSAtom atom)
{
    return !__JS_AtomIsTaggedInt(atom) && atom < m->size && m->named[atom] & JSC_GIVES_ITERATOR;
}

static void jsc_mention_key(JscMentions *m, JSAtom atom)
{
    jsc_mention_atom(m, atom);
    if (jsc_gives_iterator(m, atom))
        m->has_iterator = true;
}

/* Whether strings can become code, so that the names in them count. */
static bool jsc_texts_are_code;

static bool jsc_is_part_of_name(uint32_t character)
{
    return (character >= 'a' && character <= 'z') || (character >= 'A' && character <= 'Z') ||
           (character >= '0' && character <= '9') || character == '_' || character == '$';
}

/* Mentions every name that stands in a text. */
static void jsc_mention_words(JscMentions *m, const JSString *text)
{
    char name[JSC_MAX_NAME];
    uint32_t i, length = 0;
    for (i = 0; i <= text->len; i++) {
        uint32_t character = i < text->len ? string_get(text, i) : ' ';
        if (jsc_is_part_of_name(character)) {
            if (length < sizeof(name))
                name[length] = character;
            length++;
        } else if (length > 0) {
            JSAtom atom = length <= sizeof(name) ? __JS_FindAtom(m->ctx->rt, name, length, JS_ATOM_TYPE_STRING) : JS_ATOM_NULL;
            if (atom != JS_ATOM_NULL)
                jsc_mention_key(m, atom);
            JS_FreeAtom(m->ctx, atom);
            length = 0;
        }
    }
}

/* A string that may be used as a key; one without an atom names nothing that exists. */
static void jsc_mention_string(JscMentions *m, JSString *text)
{
    JSRuntime *rt = m->ctx->rt;
    uint32_t hash, index;
    if (jsc_texts_are_code)
        jsc_mention_words(m, text);
    if (text->atom_type == JS_ATOM_TYPE_STRING) {
        jsc_mention_key(m, js_get_atom_index(rt, text));
        return;
    }
    if (text->atom_type || text->is_wide_char || text->kind != JS_STRING_KIND_NORMAL || text->len > JSC_MAX_NAME)
        return;
    hash = hash_string(text, JS_ATOM_TYPE_STRING) & JS_ATOM_HASH_MASK;
    for (index = rt->atom_hash[hash & (rt->atom_hash_size - 1)]; index != 0; index = rt->atom_array[index]->hash_next) {
        JSAtomStruct *atom = rt->atom_array[index];
        if (atom->hash == hash && atom->atom_type == JS_ATOM_TYPE_STRING && atom->len == text->len &&
            js_string_memcmp(atom, text, text->len) == 0) {
            jsc_mention_key(m, index);
            return;
        }
    }
}

static void jsc_mention_value(JscMentions *m, JSValueConst value)
{
    JSValue text;
    jsc_look_into_value(&m->patterns, value, false);
    switch (JS_VALUE_GET_TAG(value)) {
    case JS_TAG_STRING:
        jsc_mention_string(m, JS_VALUE_GET_STRING(value));
        break;
    case JS_TAG_STRING_ROPE:
        if (!jsc_texts_are_code)
            break;
        text = js_linearize_string_rope(m->ctx, value);
        if (!JS_IsException(text))
            jsc_mention_string(m, JS_VALUE_GET_STRING(text));
        JS_FreeValue(m->ctx, text);
        break;
    case JS_TAG_SYMBOL:
        m->has_symbol = true;
        jsc_mention_atom(m, js_get_atom_index(m->ctx->rt, JS_VALUE_GET_PTR(value)));
        break;
    case JS_TAG_OBJECT:
        m->has_symbol |= JS_VALUE_GET_OBJ(value) == jsc_symbol_constructor;
        break;
    case JS_TAG_BIG_INT:
    case JS_TAG_SHORT_BIG_INT:
        m->has_bigint = true;
        break;
    default:
        break;
    }
}

static void jsc_mention_frame(JscMentions *m, const JSAsyncFunctionState *state)
{
    const JSValue *value;
    if (!state->frame.cur_sp)
        return;
    for (value = state->frame.arg_buf; value < state->frame.cur_sp; value++)
        jsc_mention_value(m, *value);
}

static void jsc_mention_map(JscMentions *m, const JSMapState *map)
{
    struct list_head *el;
    list_for_each(el, &map->records) {
        JSMapRecord *record = list_entry(el, JSMapRecord, link);
        jsc_mention_value(m, record->key);
        jsc_mention_value(m, record->value);
    }
}

/* Whether the opcode at `code` reads the global `Object`. */
static bool jsc_reads_object_global(const JSFunctionBytecode *b, const uint8_t *code)
{
    const JSClosureVar *variable;
    int index;
    switch (code[0]) {
    case OP_get_var_ref:
    case OP_get_var_ref_check:
        index = get_u16(code + 1);
        break;
    case OP_get_var_ref0:
    case OP_get_var_ref1:
    case OP_get_var_ref2:
    case OP_get_var_ref3:
        index = code[0] - OP_get_var_ref0;
        break;
    default:
        return false;
    }
    variable = &b->closure_var[index];
    return variable->var_name == JS_ATOM_Object &&
           (variable->closure_type == JS_CLOSURE_GLOBAL_REF || variable->closure_type == JS_CLOSURE_GLOBAL);
}

/* Whether the opcode at `code` gets a method whose result is only iterated over: `[...map.values()]`, `for (… of map.keys())`. */
static bool jsc_only_iterates(const JSFunctionBytecode *b, const uint8_t *code)
{
    const uint8_t *call = code + short_opcode_info(OP_get_field2).size;
    const uint8_t *use = call + short_opcode_info(OP_call_method).size;
    return code[0] == OP_get_field2 && use < b->byte_code_buf + b->byte_code_len && call[0] == OP_call_method &&
           get_u16(call + 1) == 0 && (use[0] == OP_append || use[0] == OP_for_of_start);
}

/* The name that an instruction has; JS_ATOM_NULL where it has none. */
static JSAtom jsc_atom_of(const uint8_t *code)
{
    switch (short_opcode_info(*code).fmt) {
    case OP_FMT_atom:
    case OP_FMT_atom_u8:
    case OP_FMT_atom_u16:
    case OP_FMT_atom_label_u8:
    case OP_FMT_atom_label_u16:
        return get_u32(code + 1);
    default:
        return JS_ATOM_NULL;
    }
}

static void jsc_mention_bytecode(JscMentions *m, JSFunctionBytecode *b, JscMentionScope scope)
{
    bool is_behind_object = false;
    int position = 0, last_constant = -1, i;
    JSAtom atom;
    m->kinds[b->func_kind] = true;
    while (position < b->byte_code_len && scope != JSC_OF_VALUES) {
        const JSOpCode *info = &short_opcode_info(b->byte_code_buf[position]);
        m->opcodes[b->byte_code_buf[position]] = true;
        switch (b->byte_code_buf[position]) {
        case OP_push_const:
            last_constant = get_u32(b->byte_code_buf + position + 1);
            break;
        case OP_push_const8:
            last_constant = b->byte_code_buf[position + 1];
            break;
        case OP_push_atom_value:
            jsc_look_into_atom(&m->patterns, m->ctx->rt, get_u32(b->byte_code_buf + position + 1));
            if (jsc_texts_are_code && !__JS_AtomIsTaggedInt(get_u32(b->byte_code_buf + position + 1)))
                jsc_mention_words(m, m->ctx->rt->atom_array[get_u32(b->byte_code_buf + position + 1)]);
            break;
        case OP_regexp:
            jsc_look_at_compiled(&m->patterns, last_constant < 0 ? JS_UNDEFINED : b->cpool[last_constant]);
            break;
        default:
            break;
        }
        atom = jsc_atom_of(b->byte_code_buf + position);
        if (atom != JS_ATOM_NULL) {
            jsc_mention_atom(m, atom);
            if (!is_behind_object && !jsc_only_iterates(b, b->byte_code_buf + position) && jsc_gives_iterator(m, atom))
                m->has_iterator = true;
        }
        is_behind_object = jsc_reads_object_global(b, b->byte_code_buf + position);
        position += info->size;
    }
    for (i = 0; i < b->cpool_count; i++)
        jsc_mention_value(m, b->cpool[i]);
    for (i = 0; i < b->closure_var_count && scope != JSC_OF_VALUES; i++) {
        switch (b->closure_var[i].closure_type) {
        case JS_CLOSURE_GLOBAL_REF:
        case JS_CLOSURE_GLOBAL_DECL:
        case JS_CLOSURE_GLOBAL:
            jsc_mention_atom(m, b->closure_var[i].var_name);
            break;
        default:
            break;
        }
    }
}

static void jsc_mention_object(JscMentions *m, JSObject *p)
{
    JSShapeProperty *property = get_shape_prop(p->shape);
    uint32_t i;
    int index;
    for (index = 0; index < p->shape->prop_count; index++, property++) {
        /* A function's name is no key. */
        if (property->atom != JS_ATOM_NULL && property->atom != JS_ATOM_name && !(property->flags & JS_PROP_TMASK))
            jsc_mention_value(m, p->prop[index].u.value);
    }
    switch (p->class_id) {
    case JS_CLASS_ARRAY:
    case JS_CLASS_ARGUMENTS:
        for (i = 0; p->fast_array && i < p->u.array.count; i++)
            jsc_mention_value(m, p->u.array.u.values[i]);
        break;
    case JS_CLASS_MAP:
    case JS_CLASS_SET:
    case JS_CLASS_WEAKMAP:
    case JS_CLASS_WEAKSET:
        if (p->u.map_state)
            jsc_mention_map(m, p->u.map_state);
        break;
    case JS_CLASS_REGEXP:
        if (p->u.regexp.pattern) {
            jsc_look_for_parts(&m->patterns, p->u.regexp.pattern, false);
            jsc_look_at_compiled(&m->patterns, JS_MKPTR(JS_TAG_STRING, p->u.regexp.bytecode));
        }
        break;
    case JS_CLASS_SYMBOL:
    case JS_CLASS_STRING:
        jsc_mention_value(m, p->u.object_data);
        break;
    case JS_CLASS_BOUND_FUNCTION:
        jsc_mention_value(m, p->u.bound_function->this_val);
        for (index = 0; index < p->u.bound_function->argc; index++)
            jsc_mention_value(m, p->u.bound_function->argv[index]);
        break;
    case JS_CLASS_GENERATOR:
        if (p->u.generator_data && p->u.generator_data->state != JS_GENERATOR_STATE_COMPLETED)
            jsc_mention_frame(m, &p->u.generator_data->func_state);
        break;
    case JS_CLASS_PROMISE:
        if (p->u.promise_data)
            jsc_mention_value(m, p->u.promise_data->promise_result);
        break;
    default:
        break;
    }
}

/* Whether it is what all iterators inherit from, or one of those. */
static bool jsc_is_for_iterators(JSContext *ctx, const JSObject *p)
{
    JSValue proto = ctx->class_proto[JS_CLASS_ITERATOR];
    while (p && JS_IsObject(proto) && p != JS_VALUE_GET_OBJ(proto))
        p = p->shape->proto;
    return p && JS_IsObject(proto);
}

/* Whom `jsc_mention_builtin` works for: the collector's callbacks get no more than a node. */
static JscMentions *jsc_asking;

/* A builtin function that the program holds need not be named: code that named it may have run and be gone. */
static void jsc_mention_builtin(JSRuntime *rt, JSGCObjectHeader *to)
{
    JscMentions *m = jsc_asking;
    JSVarRef *variable = (JSVarRef *)to;
    JSObject *p = (JSObject *)to;
    JSProperty *name;
    JSShapeProperty *shape;
    JSAtom atom;
    if (JS_GC_TYPE(to) == JS_GC_OBJ_TYPE_VAR_REF && variable->is_detached) {
        if (JS_VALUE_GET_TAG(*variable->pvalue) != JS_TAG_OBJECT)
            return;
        p = JS_VALUE_GET_OBJ(*variable->pvalue);
    }
    if (JS_GC_TYPE(p) != JS_GC_OBJ_TYPE_JS_OBJECT || !jsc_is_of_boot(p))
        return;
    m->has_iterator |= jsc_is_for_iterators(m->ctx, p);
    if (!JS_IsFunction(m->ctx, JS_MKPTR(JS_TAG_OBJECT, p)))
        return;
    shape = find_own_property(&name, p, JS_ATOM_name);
    if (!shape || shape->flags & JS_PROP_TMASK || JS_VALUE_GET_TAG(name->u.value) != JS_TAG_STRING)
        return;
    atom = JS_ValueToAtom(m->ctx, name->u.value);
    if (atom < m->size && !__JS_AtomIsTaggedInt(atom)) {
        m->named[atom] |= JSC_IS_HELD;
        /* `Object.keys` and the like give arrays. */
        if (jsc_gives_iterator(m, atom) &&
            (p->class_id != JS_CLASS_C_FUNCTION || p->u.cfunc.c_function.generic_magic != js_object_keys))
            m->has_iterator = true;
    }
    JS_FreeAtom(m->ctx, atom);
}

/* What the program put on an object of the engine or of the runtime library. Of those only `Symbol` holds symbols by itself,
 * and none a number of type bigint. */
static void jsc_mention_added(JscMentions *m, JSObject *p)
{
    const JSShapeProperty *property = get_shape_prop(p->shape);
    int first = jsc_first_added(p), index;
    for (index = 0; index < p->shape->prop_count; index++) {
        JSValueConst value = p->prop[index].u.value;
        if (property[index].atom == JS_ATOM_NULL || property[index].atom == JS_ATOM_name ||
            property[index].flags & JS_PROP_TMASK)
            continue;
        if (index < first && !JS_IsBigInt(value) && (!JS_IsSymbol(value) || p == jsc_symbol_constructor))
            continue;
        jsc_mention_value(m, value);
        JS_MarkValue(m->ctx->rt, value, jsc_mention_builtin);
    }
}

static bool jsc_has_instance(JSRuntime *rt, int class_id)
{
    struct list_head *el;
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_JS_OBJECT && ((JSObject *)header)->class_id == class_id)
            return true;
    }
    return false;
}

static void jsc_mention_jobs(JscMentions *m)
{
    struct list_head *el;
    int i;
    list_for_each(el, &m->ctx->rt->job_list) {
        JSJobEntry *job = list_entry(el, JSJobEntry, link);
        for (i = 0; i < job->argc; i++) {
            jsc_mention_value(m, job->argv[i]);
            JS_MarkValue(m->ctx->rt, job->argv[i], jsc_mention_builtin);
        }
    }
}

/* Calls `visit` with each of the `names`, which are separated by spaces, as an atom; ends where it returns true. */
static bool jsc_each_name(JscMentions *m, const char *names, bool (*visit)(JscMentions *m, JSAtom atom))
{
    while (names && *names) {
        size_t length = strcspn(names, " ");
        JSAtom atom = __JS_FindAtom(m->ctx->rt, names, length, JS_ATOM_TYPE_STRING);
        bool ends = atom != JS_ATOM_NULL && visit(m, atom);
        JS_FreeAtom(m->ctx, atom);
        if (ends)
            return true;
        names += length + (names[length] == ' ');
    }
    return false;
}

static bool jsc_visit_to_ask(JscMentions *m, JSAtom atom)
{
    return jsc_is_callable(m, atom);
}

static bool jsc_visit_to_mark(JscMentions *m, JSAtom atom)
{
    if (!__JS_AtomIsTaggedInt(atom) && atom < m->size)
        m->named[atom] |= JSC_GIVES_ITERATOR;
    return false;
}

static bool jsc_visit_to_mention(JscMentions *m, JSAtom atom)
{
    jsc_mention_key(m, atom);
    return false;
}

static bool jsc_mentions_one_of(JscMentions *m, const char *names)
{
    return jsc_each_name(m, names, jsc_visit_to_ask);
}

static void jsc_end_mentions(JscMentions *m)
{
    js_free(m->ctx, m->named);
}

/* The runtime library's files are called `jsc:`. */
static bool jsc_is_of_library(JSRuntime *rt, JSFunctionBytecode *b)
{
    JSAtomStruct *name;
    if (b->filename == JS_ATOM_NULL || __JS_AtomIsTaggedInt(b->filename))
        return true;
    name = rt->atom_array[b->filename];
    return !name->is_wide_char && name->len > 4 && memcmp(str8(name), "jsc:", 4) == 0;
}

/* Mentions the symbols that the program can get at: those of `Symbol` that it names, or all that are keys of objects. */
static void jsc_mention_symbols(JscMentions *m)
{
    /* The engine hands a proxy's traps any of them. */
    bool has_all = jsc_mentions_one_of(m, "ownKeys getOwnPropertySymbols getOwnPropertyDescriptors Proxy") ||
                   jsc_has_instance(m->ctx->rt, JS_CLASS_PROXY);
    JSAtom symbol;
    m->has_symbol |= has_all || jsc_mentions_one_of(m, "Symbol");
    for (symbol = JS_ATOM_Symbol_toPrimitive; m->has_symbol && symbol <= JS_ATOM_Symbol_asyncDispose; symbol++) {
        char description[ATOM_GET_STR_BUF_SIZE];
        JS_AtomGetStr(m->ctx, description, sizeof(description), symbol);
        if (has_all || jsc_mentions_one_of(m, strchr(description, '.') + 1))
            jsc_mention_atom(m, symbol);
    }
}

/* Returns -1 after an exception. `jsc_end_mentions` frees it. */
static int jsc_find_mentions(JSContext *ctx, JscMentions *m, JscMentionScope scope)
{
    struct list_head *el;
    size_t i;

    m->ctx = ctx;
    jsc_asking = m;
    m->size = ctx->rt->atom_size;
    memset(m->opcodes, 0, sizeof(m->opcodes));
    memset(m->kinds, 0, sizeof(m->kinds));
    m->has_symbol = m->has_bigint = m->has_iterator = m->is_in_library = false;
    memset(&m->patterns, 0, sizeof(m->patterns));
    jsc_look_into_atoms(&m->patterns, ctx->rt);
    m->named = js_mallocz(ctx, m->size);
    if (!m->named)
        return -1;
    jsc_each_name(m, jsc_iterator_names, jsc_visit_to_mark);
    for (i = 0; i < countof(jsc_implicit_names); i++)
        jsc_mention_atom(m, jsc_implicit_names[i]);
    /* RegExp.prototype.flags and Date.prototype.toJSON read these. */
    jsc_each_name(m, "hasIndices global ignoreCase multiline dotAll unicode unicodeSets sticky toISOString",
                  jsc_visit_to_mention);
    list_for_each(el, &ctx->rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        switch (JS_GC_TYPE(header)) {
        case JS_GC_OBJ_TYPE_FUNCTION_BYTECODE:
            m->is_in_library = jsc_is_of_library(ctx->rt, (JSFunctionBytecode *)header);
            if (scope != JSC_OF_PROGRAM || !m->is_in_library)
                jsc_mention_bytecode(m, (JSFunctionBytecode *)header, scope);
            m->is_in_library = false;
            break;
        case JS_GC_OBJ_TYPE_JS_OBJECT:
            /* Builtin objects hold their own names; the library's hold names that it reads by. */
            if (scope != JSC_OF_PROGRAM ? !jsc_is_builtin((JSObject *)header) : !jsc_is_of_boot((JSObject *)header))
                jsc_mention_object(m, (JSObject *)header);
            if (jsc_is_of_boot((JSObject *)header)) {
                jsc_mention_added(m, (JSObject *)header);
            } else {
                m->has_iterator |= jsc_is_for_iterators(ctx, (JSObject *)header);
                mark_children(ctx->rt, header, jsc_mention_builtin);
            }
            break;
        case JS_GC_OBJ_TYPE_VAR_REF:
            if (((JSVarRef *)header)->is_detached)
                jsc_mention_value(m, ((JSVarRef *)header)->value);
            break;
        case JS_GC_OBJ_TYPE_ASYNC_FUNCTION:
            if (((JSAsyncFunctionData *)header)->is_active)
                jsc_mention_frame(m, &((JSAsyncFunctionData *)header)->func_state);
            mark_children(ctx->rt, header, jsc_mention_builtin);
            break;
        default:
            break;
        }
    }
    jsc_mention_jobs(m);
    if (!JS_IsUndefined(ctx->error_prepare_stack))
        jsc_each_name(m, "prepareStackTrace", jsc_visit_to_mention);
    /* The engine names a proxy's traps. */
    if (jsc_mentions_one_of(m, "Proxy") || jsc_has_instance(ctx->rt, JS_CLASS_PROXY))
        jsc_each_name(m, "apply construct defineProperty deleteProperty get getOwnPropertyDescriptor getPrototypeOf has "
                         "isExtensible ownKeys preventExtensions set setPrototypeOf",
                      jsc_visit_to_mention);
    m->has_iterator |= m->kinds[JS_FUNC_GENERATOR] || m->kinds[JS_FUNC_ASYNC_GENERATOR];
    jsc_mention_symbols(m);
    return 0;
}
