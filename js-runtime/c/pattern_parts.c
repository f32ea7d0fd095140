/* Which parts of the compiler of regular expressions (c/pattern_parts.h) the texts of a program ask for.
 *
 * `\p{L}` needs the tables of Unicode, and so do a group whose name is not ASCII and the flag `i`. A pattern can only have
 * them where a text of the program does; one that is put together at run time throws an error that says how to keep them. */

extern void jsc_drop_properties(void);
extern void jsc_drop_class_strings(void);
extern void jsc_drop_case(void);
extern void jsc_drop_wide_group_names(void);

typedef struct {
    bool properties, class_strings, ignored_case, wide_group_names;
} JscPatternParts;

/* Whether a module has all that the flag `i` needs. */
static bool jsc_keeps_case = true;

static inline uint32_t jsc_unit(JSString *text, uint32_t index)
{
    return index < text->len ? string_get(text, index) : '\0';
}

/* Whether the name of a group that starts at `index` may have characters beyond ASCII, escaped ones included. */
static bool jsc_is_wide_name(JSString *text, uint32_t index)
{
    for (; index < text->len && string_get(text, index) != '>'; index++) {
        if (string_get(text, index) >= 128 || string_get(text, index) == '\\')
            return true;
    }
    return false;
}

/* Whether `i` is among the letters of `letters` that start at `index`. */
static bool jsc_has_letter_i(JSString *text, uint32_t index, const char *letters)
{
    for (; index < text->len && string_get(text, index) < 128 && strchr(letters, string_get(text, index)); index++) {
        if (string_get(text, index) == 'i')
            return true;
    }
    return false;
}

/* `goes_on` where more text follows. */
static void jsc_look_for_parts(JscPatternParts *parts, JSString *text, bool goes_on)
{
    uint32_t index;
    for (index = 0; index < text->len; index++) {
        uint32_t next = jsc_unit(text, index + 1);
        bool is_cut = goes_on && index + 1 == text->len;
        switch (string_get(text, index)) {
        case '\\':
            parts->properties |= next == 'p' || next == 'P' || is_cut;
            parts->class_strings |= next == 'q' || is_cut;
            break;
        case '?':
            if (next == '<')
                parts->wide_group_names |= jsc_is_wide_name(text, index + 2);
            parts->ignored_case |= jsc_has_letter_i(text, index + 1, "ims-");
            break;
        default:
            break;
        }
    }
}

/* Whether a text can be flags, `i` among them. */
static void jsc_look_for_flags(JscPatternParts *parts, JSString *text)
{
    static const char flags[] = "dgimsuvy";
    uint32_t index;
    for (index = 0; index < text->len; index++) {
        if (index == sizeof(flags) - 1 || string_get(text, index) >= 128 || !strchr(flags, string_get(text, index)))
            return;
    }
    parts->ignored_case |= jsc_has_letter_i(text, 0, flags);
}

/* Of a compiled pattern, which splitting by it and finding all of its matches compile once more. */
static void jsc_look_at_compiled(JscPatternParts *parts, JSValueConst bytecode)
{
    parts->ignored_case |= JS_VALUE_GET_TAG(bytecode) != JS_TAG_STRING ||
                           (lre_get_flags(str8(JS_VALUE_GET_STRING(bytecode))) & LRE_FLAG_IGNORECASE) != 0;
}

static void jsc_look_into_value(JscPatternParts *parts, JSValueConst value, bool goes_on)
{
    switch (JS_VALUE_GET_TAG(value)) {
    case JS_TAG_STRING:
        jsc_look_for_parts(parts, JS_VALUE_GET_STRING(value), goes_on);
        jsc_look_for_flags(parts, JS_VALUE_GET_STRING(value));
        break;
    case JS_TAG_STRING_ROPE:
        jsc_look_into_value(parts, JS_VALUE_GET_STRING_ROPE(value)->left, true);
        jsc_look_into_value(parts, JS_VALUE_GET_STRING_ROPE(value)->right, goes_on);
        break;
    default:
        break;
    }
}

/* Of a string in code. */
static void jsc_look_into_atom(JscPatternParts *parts, JSRuntime *rt, JSAtom atom)
{
    if (!__JS_AtomIsTaggedInt(atom))
        jsc_look_for_flags(parts, rt->atom_array[atom]);
}

/* Keys may become patterns, too. */
static void jsc_look_into_atoms(JscPatternParts *parts, JSRuntime *rt)
{
    int index;
    for (index = JS_ATOM_END; index < rt->atom_size; index++) {
        if (!atom_is_free(rt->atom_array[index]))
            jsc_look_for_parts(parts, rt->atom_array[index], false);
    }
}

/* What no text of the program has, a pattern can have only if it is put together at run time. */
static void jsc_drop_pattern_parts(const JscPatternParts *parts)
{
    if (!parts->properties)
        jsc_drop_properties();
    if (!parts->class_strings)
        jsc_drop_class_strings();
    if (!parts->wide_group_names)
        jsc_drop_wide_group_names();
    jsc_keeps_case = parts->ignored_case;
    if (!jsc_keeps_case)
        jsc_drop_case();
}
