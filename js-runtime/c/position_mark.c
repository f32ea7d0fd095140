/* Comments that say where the next token comes from, in texts that the front end made of others: TypeScript, JSX, and
 * CommonJS modules in their wrapper. What comes behind the mark `LINE:COLUMN`, both from 1, is there for all messages and
 * stack traces, and the compiled module needs no source map.
 *
 * A mark is a comment so that whatever looks ahead in the text passes over it. */

/* `p` is behind the comment's start and the byte JSC_POSITION_MARK; returns where the comment ends. */
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
    /* Columns are distances from the line's start, which need not be in the text. */
    s->line_start = p - (column - 1);
    s->eol = s->line_start - 1;
    s->mark = p;
    return p;
}
