/* The remainder of numbers.
 *
 * The C library's divides integers of 128 bits, which takes 1.8 kB and is used for nothing else. */

#include <stdint.h>
#include <math.h>

typedef union {
    double number;
    uint64_t bits;
} JscBits;

enum { JSC_FRACTION = 52, JSC_SPARE = 11 };

/* A positive number as `fraction << exponent`, up to a constant of the exponent; the fraction has 53 bits. */
static uint64_t jsc_split(uint64_t bits, int *exponent)
{
    uint64_t fraction = bits & ((UINT64_C(1) << JSC_FRACTION) - 1);
    int shift;
    *exponent = bits >> JSC_FRACTION;
    if (*exponent)
        return fraction | UINT64_C(1) << JSC_FRACTION;
    shift = __builtin_clzll(fraction) - JSC_SPARE;
    *exponent = 1 - shift;
    return fraction << shift;
}

double fmod(double dividend, double divisor)
{
    JscBits a = { dividend }, b = { divisor };
    uint64_t sign = a.bits & UINT64_C(1) << 63, fraction, modulus;
    int exponent, end, shift;
    a.bits ^= sign;
    b.bits &= ~(UINT64_C(1) << 63);
    if (b.number == 0 || !(a.number < INFINITY) || b.number != b.number)
        return NAN;
    if (a.bits < b.bits)
        return dividend;
    fraction = jsc_split(a.bits, &exponent);
    modulus = jsc_split(b.bits, &end);
    fraction %= modulus;
    /* As many bits at a time as there is room for above the fraction. */
    for (; exponent > end; exponent -= shift) {
        shift = exponent - end < JSC_SPARE ? exponent - end : JSC_SPARE;
        fraction = (fraction << shift) % modulus;
    }
    if (fraction) {
        shift = __builtin_clzll(fraction) - JSC_SPARE;
        fraction <<= shift;
        end -= shift;
        if (end > 0)
            fraction += (uint64_t)(end - 1) << JSC_FRACTION;
        else
            fraction >>= 1 - end;
    }
    a.bits = fraction | sign;
    return a.number;
}
