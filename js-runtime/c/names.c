/* Names that wait in the snapshot to be asked for.
 *
 * Most of the engine's own atoms, and those of buried builtins, are there for the case that a string of their text comes
 * to be a property's name, or that somebody lists properties. As a string an atom takes some thirty bytes; asleep it is
 * a dozen in a packed list, and its place in the table of atoms points at a string that all of them share. An atom is
 * woken where a string of its text becomes an atom, and where its text is read (patches/sleeping-names.patch). */

enum { JSC_NAME_BUCKETS = 128, JSC_NAME_HEADER = 3, JSC_NAMES_MAX = 60000 };

/* A name is its atom (2 bytes), its length and its text. */
typedef struct {
    /* By hash: where the bucket's names end. */
    uint16_t ends[JSC_NAME_BUCKETS];
    uint8_t names[];
} JscSleepingNames;

/* crates/bytecode reads this. */
static struct {
    /* The string of all atoms that sleep. Its text is no number, as theirs are not. */
    JSAtomStruct *sleeper;
    JscSleepingNames *packed;
} jsc_names;

/* Names that sleep hold references to the sleeper, and are never freed. */
enum { JSC_NEVER_FREED = 1 << 30 };

static bool jsc_has_text(const JSString *string, const uint8_t *text, int length)
{
    int i;
    if (string->len != length)
        return false;
    if (string->kind == JS_STRING_KIND_NORMAL && !string->is_wide_char)
        return memcmp(str8((JSString *)string), text, length) == 0;
    for (i = 0; i < length && string_get(string, i) == text[i]; i++)
        ;
    return i == length;
}

/* The sleeping atom of a text, which its caller gives a string: what is in the table of hashes is awake. */
static no_inline JSAtom jsc_find_sleeping(const JSString *string, uint32_t hash)
{
    const uint8_t *name, *end;
    uint32_t bucket = hash % JSC_NAME_BUCKETS;
    if (!jsc_names.packed)
        return JS_ATOM_NULL;
    name = jsc_names.packed->names + (bucket ? jsc_names.packed->ends[bucket - 1] : 0);
    end = jsc_names.packed->names + jsc_names.packed->ends[bucket];
    for (; name < end; name += JSC_NAME_HEADER + name[2]) {
        if (jsc_has_text(string, name + JSC_NAME_HEADER, name[2]))
            return get_u16(name);
    }
    return JS_ATOM_NULL;
}

/* Returns the atom's string, or NULL where there is no memory for it. */
static no_inline JSAtomStruct *jsc_wake(JSRuntime *rt, JSAtom atom)
{
    const uint8_t *name = jsc_names.packed->names;
    JSString *text;
    while (get_u16(name) != atom)
        name += JSC_NAME_HEADER + name[2];
    text = js_alloc_string_rt(rt, name[2], 0);
    if (!text)
        return NULL;
    memcpy(str8(text), name + JSC_NAME_HEADER, name[2]);
    str8(text)[name[2]] = '\0';
    __JS_NewAtom(rt, text, JS_ATOM_TYPE_STRING);
    return rt->atom_array[atom];
}

/* The string of an atom whose text is to be read; NULL where there is no memory to wake it. */
static JSAtomStruct *jsc_atom_text(JSRuntime *rt, JSAtom atom)
{
    JSAtomStruct *string = rt->atom_array[atom];
    return unlikely(string == jsc_names.sleeper) ? jsc_wake(rt, atom) : string;
}

static bool jsc_may_sleep(const JSAtomStruct *p)
{
    const char *text;
    if (!p || atom_is_free((JSAtomStruct *)p) || p->atom_type != JS_ATOM_TYPE_STRING || p->is_wide_char || p->len > UINT8_MAX)
        return false;
    text = (const char *)str8((JSAtomStruct *)p);
    /* Letters and a few signs: what could be a number is looked at wherever it is a key. */
    return *text >= '<' && strcmp(text, "Infinity") && strcmp(text, "NaN");
}

/* Unmarks the candidates that anything but the table of atoms points at, such as a function's name. */
static int jsc_unmark_referenced(JSContext *ctx, uint8_t *marks)
{
    extern uint8_t __global_base;
    JSRuntime *rt = ctx->rt;
    JSAtomStruct **atoms = rt->atom_array, **atoms_end = atoms + rt->atom_size;
    const uint32_t *word, *end = (const uint32_t *)(__builtin_wasm_memory_size(0) * 65536);
    uintptr_t low = UINTPTR_MAX, high = 0;
    uint8_t *places;
    int i;

    for (i = 1; i < rt->atom_size; i++) {
        if (marks[i]) {
            low = min_uint32(low, (uintptr_t)atoms[i]);
            high = max_uint32(high, (uintptr_t)atoms[i]);
        }
    }
    if (low > high)
        return 0;
    /* By address, in units of the allocator: whether it is still a candidate's. */
    places = js_mallocz(ctx, (high - low) / JSC_UNIT + 1);
    if (!places)
        return -1;
    for (i = 1; i < rt->atom_size; i++)
        if (marks[i])
            places[((uintptr_t)atoms[i] - low) / JSC_UNIT] = true;
    for (word = (const uint32_t *)(((uintptr_t)&__global_base + 3) & ~(uintptr_t)3); word < end; word++) {
        if (*word < low || *word > high || *word % JSC_UNIT)
            continue;
        if (word < (const uint32_t *)atoms || word >= (const uint32_t *)atoms_end)
            places[(*word - low) / JSC_UNIT] = false;
    }
    for (i = 1; i < rt->atom_size; i++)
        if (marks[i])
            marks[i] = places[((uintptr_t)atoms[i] - low) / JSC_UNIT];
    js_free(ctx, places);
    return 0;
}

static void jsc_unmark_name(uint8_t *marks, JSAtom atom)
{
    if (!__JS_AtomIsTaggedInt(atom))
        marks[atom] = false;
}

/* Marks the atoms that a run will hardly read: no bytecode and no string says them, and no object and no function of
 * the program has them as names. Returns how many bytes they take when packed. */
static uint32_t jsc_mark_sleepers(JSContext *ctx, uint8_t *marks)
{
    JSRuntime *rt = ctx->rt;
    JscMentions mentions;
    struct list_head *el;
    uint32_t size = 0;
    int i;

    if (jsc_find_mentions(ctx, &mentions, JSC_OF_ALL))
        return 0;
    for (i = 1; i < rt->atom_size; i++)
        marks[i] = jsc_may_sleep(rt->atom_array[i]) && !jsc_is_mentioned(&mentions, i);
    jsc_end_mentions(&mentions);
    list_for_each(el, &rt->gc_obj_list) {
        JSGCObjectHeader *header = list_entry(el, JSGCObjectHeader, link);
        JSObject *p = (JSObject *)header;
        /* Each closure that is made of a function gets its name, and errors say where they are from. */
        if (JS_GC_TYPE(header) == JS_GC_OBJ_TYPE_FUNCTION_BYTECODE) {
            jsc_unmark_name(marks, ((JSFunctionBytecode *)header)->func_name);
            jsc_unmark_name(marks, ((JSFunctionBytecode *)header)->filename);
        }
        if (JS_GC_TYPE(header) != JS_GC_OBJ_TYPE_JS_OBJECT || jsc_is_of_boot(p))
            continue;
        for (i = 0; i < p->shape->prop_count; i++)
            jsc_unmark_name(marks, get_shape_prop(p->shape)[i].atom);
    }
    jsc_erase_free_blocks();
    if (jsc_unmark_referenced(ctx, marks))
        return 0;
    for (i = 1; i < rt->atom_size; i++) {
        uint32_t length = JSC_NAME_HEADER + (marks[i] ? rt->atom_array[i]->len : 0);
        marks[i] = marks[i] && i <= UINT16_MAX && size + length <= JSC_NAMES_MAX;
        size += marks[i] ? length : 0;
    }
    return size;
}

/* Takes the marked atoms out of the table of hashes and packs them. */
static void jsc_pack_names(JSRuntime *rt, const uint8_t *marks)
{
    uint8_t *end = jsc_names.packed->names;
    int bucket, i;

    for (i = 0; i < rt->atom_hash_size; i++) {
        uint32_t *link = &rt->atom_hash[i];
        while (*link) {
            JSAtomStruct *p = rt->atom_array[*link];
            if (marks[*link])
                *link = p->hash_next;
            else
                link = &p->hash_next;
        }
    }
    for (bucket = 0; bucket < JSC_NAME_BUCKETS; bucket++) {
        for (i = 1; i < rt->atom_size; i++) {
            JSAtomStruct *p = rt->atom_array[i];
            if (!marks[i] || p == jsc_names.sleeper || p->hash % JSC_NAME_BUCKETS != bucket)
                continue;
            put_u16(end, i);
            end[2] = p->len;
            memcpy(end + JSC_NAME_HEADER, str8(p), p->len);
            end += JSC_NAME_HEADER + p->len;
            rt->atom_array[i] = jsc_names.sleeper;
            rt->atom_count--;
            js_free_rt(rt, p);
        }
        jsc_names.packed->ends[bucket] = end - jsc_names.packed->names;
    }
}

/* Puts names to sleep; nothing may be made of names any more before the snapshot. Without memory they stay awake. */
void jsc_put_names_to_sleep(JSContext *ctx)
{
    static const char text[] = "sleeping";
    JSRuntime *rt = ctx->rt;
    uint8_t *marks;
    uint32_t size;

    if (!jsc_names_may_sleep)
        return;
    marks = js_mallocz(ctx, rt->atom_size);
    size = marks ? jsc_mark_sleepers(ctx, marks) : 0;
    if (size) {
        jsc_names.packed = js_malloc_rt(rt, sizeof(*jsc_names.packed) + size);
        jsc_names.sleeper = js_alloc_string_rt(rt, sizeof(text) - 1, 0);
    }
    if (jsc_names.packed && jsc_names.sleeper) {
        memcpy(str8(jsc_names.sleeper), text, sizeof(text));
        jsc_names.sleeper->atom_type = JS_ATOM_TYPE_STRING;
        JS_REF_COUNT(jsc_names.sleeper) = JSC_NEVER_FREED;
        jsc_pack_names(rt, marks);
        jsc_trim_atom_hash(rt);
    }
    js_free(ctx, marks);
}
