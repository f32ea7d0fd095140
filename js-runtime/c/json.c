/* What JSON.parse and JSON.stringify share: a scanner that looks at eight bytes at once. */

#define JSC_EACH_BYTE(byte) ((uint64_t)(byte) * 0x0101010101010101u)

static inline uint64_t jsc_load8(const uint8_t *bytes)
{
    uint64_t word;
    memcpy(&word, bytes, 8);
    return word;
}

/* The high bit of the first byte of `word` that ends a run of plain characters in a JSON string: a quote, a backslash or
 * a control character. Bytes above the first one may be marked wrongly: a borrow runs upwards. Bytes from 0x80 on
 * are marked if `non_ascii` is ~0, and not if it is 0. */
static inline uint64_t jsc_special_bytes(uint64_t word, uint64_t non_ascii)
{
    uint64_t quote = (word ^ JSC_EACH_BYTE('"')) - JSC_EACH_BYTE(1);
    uint64_t backslash = (word ^ JSC_EACH_BYTE('\\')) - JSC_EACH_BYTE(1);
    uint64_t control = word - JSC_EACH_BYTE(0x20);
    return (((quote | backslash | control) & ~word) | (word & non_ascii)) & JSC_EACH_BYTE(0x80);
}

static inline bool jsc_is_special(uint8_t byte, uint64_t non_ascii)
{
    return byte < 0x20 || byte == '"' || byte == '\\' || (byte >= 0x80 && non_ascii);
}

/* The end of the run of plain characters that starts at `p`. */
static inline const uint8_t *jsc_plain_run(const uint8_t *p, const uint8_t *end, uint64_t non_ascii)
{
    while (end - p >= 8) {
        uint64_t special = jsc_special_bytes(jsc_load8(p), non_ascii);
        if (special)
            return p + __builtin_ctzll(special) / 8;
        p += 8;
    }
    while (p < end && !jsc_is_special(*p, non_ascii))
        p++;
    return p;
}
