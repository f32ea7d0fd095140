/* printf in the place of the C library's, for what QuickJS asks of it: error messages and dates. The other brings floating
 * point, locales and streams along, fifteen kilobytes of a module. */

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    char *text;
    size_t size, length;
} JscFormat;

static void jsc_format_put(JscFormat *f, char c)
{
    if (f->length + 1 < f->size)
        f->text[f->length] = c;
    f->length++;
}

static void jsc_format_pad(JscFormat *f, char c, int count)
{
    while (count-- > 0)
        jsc_format_put(f, c);
}

/* A number after the percent sign: digits, or an asterisk for an argument. */
#define JSC_FORMAT_NUMBER(format, arguments) \
    (*(format) == '*' ? ((format)++, va_arg(arguments, int)) : jsc_format_digits(&(format)))

static int jsc_format_digits(const char **format)
{
    int number = 0;
    while (**format >= '0' && **format <= '9')
        number = number * 10 + (*(*format)++ - '0');
    return number;
}

/* Flags: `0` and `+`; conversions: `d i u x c s p %` of the lengths `h l ll z`. */
int vsnprintf(char *text, size_t size, const char *format, va_list arguments)
{
    JscFormat output = { text, size, 0 }, *f = &output;

    while (*format) {
        bool zeros = false, plus = false;
        int width, precision = -1, long_count = 0, length;
        char digits[24], sign = 0;
        const char *part;
        uint64_t number;

        if (*format != '%') {
            jsc_format_put(f, *format++);
            continue;
        }
        for (format++; *format == '0' || *format == '+'; format++) {
            zeros |= *format == '0';
            plus |= *format == '+';
        }
        width = JSC_FORMAT_NUMBER(format, arguments);
        if (*format == '.') {
            format++;
            precision = JSC_FORMAT_NUMBER(format, arguments);
        }
        for (; *format == 'h' || *format == 'l' || *format == 'z'; format++)
            long_count += *format == 'l';
        switch (*format) {
        case 's':
            part = va_arg(arguments, const char *);
            if (!part)
                part = "(null)";
            length = precision < 0 ? (int)strlen(part) : (int)strnlen(part, precision);
            break;
        case 'c':
            digits[0] = va_arg(arguments, int);
            part = digits;
            length = 1;
            break;
        case 'd':
        case 'i': {
            int64_t value = long_count > 1 ? va_arg(arguments, int64_t) : va_arg(arguments, int);
            sign = value < 0 ? '-' : plus ? '+' : 0;
            number = value < 0 ? -(uint64_t)value : (uint64_t)value;
            part = NULL;
            break;
        }
        case 'u':
        case 'x':
        case 'p':
            number = long_count > 1 ? va_arg(arguments, uint64_t) : va_arg(arguments, unsigned);
            part = NULL;
            break;
        default:
            part = format;
            length = *format != 0;
            break;
        }
        if (!part) {
            int base = *format == 'x' || *format == 'p' ? 16 : 10;
            char *digit = digits + sizeof(digits);
            do {
                *--digit = "0123456789abcdef"[number % base];
                number /= base;
            } while (number);
            part = digit;
            length = digits + sizeof(digits) - digit;
        }
        width -= length + (sign != 0);
        if (!zeros)
            jsc_format_pad(f, ' ', width);
        if (sign)
            jsc_format_put(f, sign);
        if (zeros)
            jsc_format_pad(f, '0', width);
        while (length-- > 0)
            jsc_format_put(f, *part++);
        if (*format)
            format++;
    }
    if (size)
        text[f->length < size ? f->length : size - 1] = 0;
    return f->length;
}

int snprintf(char *text, size_t size, const char *format, ...)
{
    int length;
    va_list arguments;
    va_start(arguments, format);
    length = vsnprintf(text, size, format, arguments);
    va_end(arguments);
    return length;
}
