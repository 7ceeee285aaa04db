using System.Runtime.Intrinsics;

namespace InitDsl.Tests;

/// <summary>A fill at one width in bits; 0 is the scalar reference.</summary>
internal delegate void WidthFill<T>(int width, StreamKey key, long start, Span<T> destination);

/// <summary>Every law that has a kernel, at every width that this processor has.</summary>
internal static class KernelLaws
{
    internal static IEnumerable<int> Widths
    {
        get
        {
            if (Vector128.IsHardwareAccelerated)
            {
                yield return 128;
            }

            if (Vector256.IsHardwareAccelerated)
            {
                yield return 256;
            }

            if (Vector512.IsHardwareAccelerated)
            {
                yield return 512;
            }
        }
    }

    private static Dictionary<string, TruncatedGaussian> Cuts { get; } = new()
    {
        ["truncated at 2 sigma"] = new(0, 0.02, -0.04, 0.04),
        ["truncated at 100 sigma"] = new(0.5, 0.02, -2, 2),
        ["upper tail from 3"] = new(0, 1, 3, double.PositiveInfinity),
        ["far tail from -9 to -8"] = new(0, 1, -9, -8),
        ["narrow"] = new(1, 2, 2, 2.001),
        ["at the edge of the centre"] = new(0, 1, -3.2, -3),
        ["farthest"] = new(0, 1, 11.2, 12),
    };

    private static (double Low, double High)[] Ranges { get; } = [(-0.1, 0.3), (0, 1), (1, 2), (-3e38, 2e37), (5, 5), (-0.0, 1e-40)];

    internal static Dictionary<string, WidthFill<float>> Singles { get; } = MakeSingles();

    internal static Dictionary<string, WidthFill<double>> Doubles { get; } = MakeDoubles();

    private static Dictionary<string, WidthFill<float>> MakeSingles()
    {
        var laws = new Dictionary<string, WidthFill<float>>();
        foreach ((double low, double high) in Ranges)
        {
            var law = new UniformDraws.Singles(low, high);
            laws[$"float32 uniform {low} {high}"] = (width, key, start, destination) =>
                Fill<int, float, UniformDraws.Singles, UniformSingles>(width, key, start, destination, law, new(law));
        }

        foreach ((double mean, double std) in ((double, double)[])[(0.5, 0.02), (0, 1), (-1e30, 1e38)])
        {
            var law = new NormalDraws.Singles(mean, std);
            laws[$"float32 normal {mean} {std}"] = (width, key, start, destination) =>
                Fill<int, float, NormalDraws.Singles, NormalSingles>(width, key, start, destination, law, new(law));
        }

        foreach ((string name, TruncatedGaussian cut) in Cuts)
        {
            var law = new TruncatedNormalDraws.Singles(cut);
            laws[$"float32 {name}"] = (width, key, start, destination) =>
                Fill<int, float, TruncatedNormalDraws.Singles, TruncatedNormalSingles>(width, key, start, destination, law, new(law));
        }

        return laws;
    }

    private static Dictionary<string, WidthFill<double>> MakeDoubles()
    {
        var laws = new Dictionary<string, WidthFill<double>>();
        foreach ((double low, double high) in Ranges)
        {
            var law = new UniformDraws.Doubles(low, high);
            laws[$"float64 uniform {low} {high}"] = (width, key, start, destination) =>
                Fill<long, double, UniformDraws.Doubles, UniformDoubles>(width, key, start, destination, law, new(law));
        }

        foreach ((double mean, double std) in ((double, double)[])[(0.5, 0.02), (0, 1), (-1e300, 1e304)])
        {
            var law = new NormalDraws.Doubles(mean, std);
            laws[$"float64 normal {mean} {std}"] = (width, key, start, destination) =>
                Fill<long, double, NormalDraws.Doubles, NormalDoubles>(width, key, start, destination, law, new(law));
        }

        foreach ((string name, TruncatedGaussian cut) in Cuts)
        {
            var law = new TruncatedNormalDraws.Doubles(cut);
            laws[$"float64 {name}"] = (width, key, start, destination) =>
                Fill<long, double, TruncatedNormalDraws.Doubles, TruncatedNormalDoubles>(width, key, start, destination, law, new(law));
        }

        return laws;
    }

    private static void Fill<TInt, T, TLaw, TKernel>(
        int width, StreamKey key, long start, Span<T> destination, TLaw law, TKernel kernel)
        where TInt : unmanaged
        where T : unmanaged
        where TLaw : struct, IBlockLaw<T>
        where TKernel : struct, IKernel<TInt, T>
    {
        switch (width)
        {
            case 0:
                BlockFill.Fill(key, start, destination, law);
                break;
            case 128:
                VectorFill.Fill<Lanes128<TInt, T>, Vector128<TInt>, Vector128<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
                break;
            case 256:
                VectorFill.Fill<Lanes256<TInt, T>, Vector256<TInt>, Vector256<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
                break;
            default:
                VectorFill.Fill<Lanes512<TInt, T>, Vector512<TInt>, Vector512<T>, TInt, T, TLaw, TKernel>(key, start, destination, kernel);
                break;
        }
    }
}
