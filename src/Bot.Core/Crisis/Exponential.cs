using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Bot.Core.Crisis;

/// <summary>
/// e to the power of eight numbers at once, within three units of the last place (Cephes' <c>expf</c>, Moshier 1989). By single multiplications and
/// additions, so that every processor gives the same. The framework's own runs unvectorised until the runtime compiles it anew,
/// which it puts off under load: a quarter of a turn's time went there.
/// </summary>
internal static class Exponential
{
    /// <summary>Below this the result is the smallest that is told from zero, above <see cref="Most"/> the largest.</summary>
    private const float Least = -87.3f;
    private const float Most = 88.0f;

    /// <summary>The natural logarithm of two in two parts, the first of few digits.</summary>
    private const float LogTwo = 0.693359375f;
    private const float LogTwoRest = -2.12194440e-4f;

    private const int ExponentBias = 127;
    private const int MantissaBits = 23;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Of(Vector256<float> numbers)
    {
        var x = Vector256.Min(Vector256.Max(numbers, Vector256.Create(Least)), Vector256.Create(Most));
        var power = Vector256.Floor(x * 1.44269504f + Vector256.Create(0.5f));
        x = x - power * LogTwo - power * LogTwoRest;
        var sum = x * 1.9875691500e-4f + Vector256.Create(1.3981999507e-3f);
        sum = sum * x + Vector256.Create(8.3334519073e-3f);
        sum = sum * x + Vector256.Create(4.1665795894e-2f);
        sum = sum * x + Vector256.Create(1.6666665459e-1f);
        sum = sum * x + Vector256.Create(5.0000001201e-1f);
        sum = sum * (x * x) + x + Vector256<float>.One;
        return sum * Vector256.ShiftLeft(Vector256.ConvertToInt32(power) + Vector256.Create(ExponentBias), MantissaBits).AsSingle();
    }
}
