/* Which parts of the compiler of regular expressions (c/pattern_parts.h) the texts of a program ask for.
 *
 * `\p{L}` needs the tables of Unicode, and so does a group whose name is not ASCII. A pattern can only have them where a
 * text of the program does; one that is put together at run time throws an error that says how to keep them. */

extern void jsc_drop_properties(void);
extern void jsc_drop_wide_group_names(void);

typedef struct {
    bool properties, wide_group_names;
} JscPatternParts;

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

/* `goes_on` where more text follows. */
static void jsc_look_for_parts(JscPatternParts *parts, JSString *text, bool goes_on)
{
    uint32_t index;
    for (index = 0; index < text->len; index++) {
        uint32_t next = jsc_unit(text, index + 1);
        switch (string_get(text, index)) {
        case '\\':
            parts->properties |= next == 'p' || next == 'P' || (goes_on && index + 1 == text->len);
            break;
        case '<':
            if (index > 0 && string_get(text, index - 1) == '?')
                parts->wide_group_names |= jsc_is_wide_name(text, index + 1);
            break;
        default:
            break;
        }
    }
}

static void jsc_look_into_value(JscPatternParts *parts, JSValueConst value, bool goes_on)
{
    switch (JS_VALUE_GET_TAG(value)) {
    case JS_TAG_STRING:
        jsc_look_for_parts(parts, JS_VALUE_GET_STRING(value), goes_on);
        break;
    case JS_TAG_STRING_ROPE:
        jsc_look_into_value(parts, JS_VALUE_GET_STRING_ROPE(value)->left, true);
        jsc_look_into_value(parts, JS_VALUE_GET_STRING_ROPE(value)->right, goes_on);
        break;
    default:
        break;
    }
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
