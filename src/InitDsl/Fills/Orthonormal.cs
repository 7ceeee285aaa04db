using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace InitDsl;

/// <summary>
/// Turns independent normal vectors into orthonormal ones by Householder reflections. With the sign of each
/// vector taken from the diagonal of R the result is distributed as Haar's measure (Mezzadri 2007, "How to
/// generate random matrices from the classical compact groups").
/// </summary>
internal static class Orthonormal
{
    /// <summary>Replaces the rows of a [count, length] matrix, count ≤ length.</summary>
    internal static void Make(Span<double> vectors, int count, int length)
    {
        double[] signs = new double[count];
        for (int k = 0; k < count; k++)
        {
            signs[k] = Reflect(vectors, k, count, length);
        }

        // Q is accumulated backwards in place: row k holds reflector k until it is its turn to become a vector.
        double[] reflector = new double[length];
        for (int k = count - 1; k >= 0; k--)
        {
            Span<double> row = vectors.Slice(k * length, length);
            row.CopyTo(reflector);
            reflector.AsSpan(0, k).Clear();
            row.Clear();
            row[k] = 1;
            ReadOnlySpan<double> v = reflector.AsSpan(k);
            for (int j = k; j < count; j++)
            {
                Apply(v, vectors.Slice((j * length) + k, length - k));
            }
        }

        for (int k = 0; k < count; k++)
        {
            if (signs[k] < 0)
            {
                Negate(vectors.Slice(k * length, length));
            }
        }
    }

    /// <summary>
    /// Makes the reflector that maps row k, from element k on, to a multiple of the first unit vector; stores it
    /// in place with length √2 (so that I − vvᵀ is the reflection) and applies it to the later rows.
    /// </summary>
    /// <returns>The sign of R's diagonal element.</returns>
    private static double Reflect(Span<double> vectors, int k, int count, int length)
    {
        Span<double> x = vectors.Slice((k * length) + k, length - k);
        double norm = Math.Sqrt(Dot(x, x));
        if (norm == 0)
        {
            return 1;
        }

        // x₀ and the added norm have the same sign, so nothing cancels; R's diagonal is then −sign(x₀)·norm.
        double sign = x[0] < 0 ? -1 : 1;
        x[0] += sign * norm;
        double scale = Math.Sqrt(2 / Dot(x, x));
        for (int i = 0; i < x.Length; i++)
        {
            x[i] *= scale;
        }

        for (int j = k + 1; j < count; j++)
        {
            Apply(x, vectors.Slice((j * length) + k, length - k));
        }

        return -sign;
    }

    /// <summary>y ← (I − vvᵀ)y.</summary>
    private static void Apply(ReadOnlySpan<double> v, Span<double> y)
    {
        double dot = Dot(v, y);
        ReadOnlySpan<Vector256<double>> vs = MemoryMarshal.Cast<double, Vector256<double>>(v);
        Span<Vector256<double>> ys = MemoryMarshal.Cast<double, Vector256<double>>(y);
        for (int i = 0; i < ys.Length; i++)
        {
            ys[i] -= vs[i] * dot;
        }

        for (int i = ys.Length * Vector256<double>.Count; i < y.Length; i++)
        {
            y[i] -= v[i] * dot;
        }
    }

    /// <summary>Eight running sums, whatever the machine's vectors are: the order of additions is fixed.</summary>
    private static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ReadOnlySpan<Vector256<double>> va = MemoryMarshal.Cast<double, Vector256<double>>(a);
        ReadOnlySpan<Vector256<double>> vb = MemoryMarshal.Cast<double, Vector256<double>>(b);
        Vector256<double> even = Vector256<double>.Zero;
        Vector256<double> odd = Vector256<double>.Zero;
        int i = 0;
        for (; i + 1 < va.Length; i += 2)
        {
            even += va[i] * vb[i];
            odd += va[i + 1] * vb[i + 1];
        }

        if (i < va.Length)
        {
            even += va[i] * vb[i];
        }

        Vector256<double> sums = even + odd;
        double total = sums[0] + sums[1] + (sums[2] + sums[3]);
        for (int rest = va.Length * Vector256<double>.Count; rest < a.Length; rest++)
        {
            total += a[rest] * b[rest];
        }

        return total;
    }

    private static void Negate(Span<double> row)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = -row[i];
        }
    }
}
