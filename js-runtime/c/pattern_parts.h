/* Parts of the compiler of regular expressions that few patterns need and that bring tables with them; included by
 * libregexp.c (patches/pattern-parts.patch). The seal puts an error in their place where no text of the program asks for
 * them (c/pattern_parts.c). */

typedef int JscPropertyParser(REParseState *s, REStringList *set, const uint8_t **place, bool is_negated,
                              bool has_sequences);

/* Makes the set of `\p{…}`. */
static JscPropertyParser *jsc_parse_property = parse_unicode_property;

static int jsc_refuse_property(REParseState *s, REStringList *set, const uint8_t **place, bool is_negated,
                               bool has_sequences)
{
    return re_parse_error(s, "\\p{} was left out of this module, which nowhere names it; compile it with --keep RegExp");
}

void jsc_drop_properties(void)
{
    jsc_parse_property = jsc_refuse_property;
}

/* Makes the strings of `\q{…}`, a part of classes with the flag `v`. */
typedef int JscStringsParser(REParseState *s, REStringList *set, const uint8_t **place);
static JscStringsParser *jsc_parse_class_strings = parse_class_string_disjunction;

static int jsc_refuse_class_strings(REParseState *s, REStringList *set, const uint8_t **place)
{
    return re_parse_error(s, "\\q{} was left out of this module, which nowhere names it; compile it with --keep RegExp");
}

void jsc_drop_class_strings(void)
{
    jsc_parse_class_strings = jsc_refuse_class_strings;
}

/* The flag `i`, and the modifier. */
static bool jsc_can_ignore_case = true;

static int jsc_check_case(REParseState *s)
{
    if (jsc_can_ignore_case || !s->ignore_case)
        return 0;
    return re_parse_error(s, "the flag i was left out of this module, which nowhere names it; compile it with --keep RegExp");
}

void jsc_drop_case(void)
{
    jsc_can_ignore_case = false;
}

/* Whether a group's name can have this character beyond ASCII at its start, or behind it. */
typedef bool JscNameTest(uint32_t character);
static JscNameTest *jsc_starts_name = lre_is_id_start, *jsc_continues_name = lre_is_id_continue;
static bool jsc_refused_name;

static bool jsc_refuse_name(uint32_t character)
{
    jsc_refused_name = true;
    return false;
}

static bool jsc_is_name_start(uint32_t character)
{
    return character < 128 ? lre_js_is_ident_first(character) : jsc_starts_name(character);
}

static bool jsc_is_name_part(uint32_t character)
{
    if (character < 128)
        return lre_js_is_ident_next(character);
    return jsc_continues_name(character) || character == 0x200C || character == 0x200D;
}

static int jsc_throw_bad_name(REParseState *s)
{
    if (!jsc_refused_name)
        return re_parse_error(s, "invalid group name");
    jsc_refused_name = false;
    return re_parse_error(s, "group names beyond ASCII were left out of this module; compile it with --keep RegExp");
}

void jsc_drop_wide_group_names(void)
{
    jsc_starts_name = jsc_continues_name = jsc_refuse_name;
}
