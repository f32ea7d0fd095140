/* Where things are in the source, as the parser counts it.
 *
 * Lines and columns begin at 1; columns are UTF-16 units, as everywhere in JavaScript. */

/* The column of a place on the current line: counted on from the last one that is known there, so that a file of one long
 * line is gone through once. */
static int jsc_column(JSParseState *s, const uint8_t *place)
{
    const uint8_t *from = s->line_start;
    int column = 1;
    if (s->known_place >= s->line_start && s->known_place <= place) {
        from = s->known_place;
        column = s->known_column;
    }
    /* Of four bytes of UTF-8, which are two units, the first counts twice. */
    for (; from < place; from++)
        column += ((*from & 0xc0) != 0x80) + (*from >= 0xf0);
    s->known_place = place;
    s->known_column = column;
    return column;
}

/* Reads the marks that say where the text behind them comes from.
 *
 * A text that is not as its author wrote it has marks: the front end puts them where it has changed something, the engine in front of
 * CommonJS modules in their wrapper. What comes behind the mark `LINE:COLUMN`, both from 1, is there for all messages and
 * stack traces, and the compiled module needs no source map.
 *
 * A mark is a comment so that whatever looks ahead in the text passes over it. `p` is behind its start and the byte
 * JSC_POSITION_MARK; returns where it ends. */
static const uint8_t *jsc_read_position_mark(JSParseState *s, const uint8_t *p)
{
    int line = 0, column = 0;
    while (*p >= '0' && *p <= '9')
        line = line * 10 + (*p++ - '0');
    if (*p == ':')
        p++;
    while (*p >= '0' && *p <= '9')
        column = column * 10 + (*p++ - '0');
    while (p < s->buf_end && !(p[0] == '*' && p[1] == '/'))
        p++;
    if (p < s->buf_end)
        p += 2;
    s->line_num = line;
    s->line_start = p;
    s->known_place = p;
    s->known_column = column;
    return p;
}
