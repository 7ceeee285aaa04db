using System.Numerics;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>Moments of a parameter's elements, which may be complex: then the parts have moments of their own, and those
/// of the whole are made of them in the end.</summary>
internal sealed class ParameterMoments(DType dtype)
{
    private readonly MomentAccumulator real = new();
    private readonly MomentAccumulator? imaginary = dtype.IsComplex() ? new() : null;

    internal Moments Moments
    {
        get
        {
            if (imaginary is null)
            {
                return real.Moments;
            }

            (Moments first, Moments second) = (real.Moments, imaginary.Moments);
            return new(
                first.Count,
                first.Mean,
                Math.Sqrt((first.Std * first.Std) + (second.Std * second.Std)),
                Math.Min(first.Min, second.Min),
                Math.Max(first.Max, second.Max));
        }
    }

    /// <summary>Adds elements as they lie in memory.</summary>
    internal void Add(ReadOnlySpan<byte> elements)
    {
        switch (dtype)
        {
            case DType.Float32 or DType.Complex64:
                AddNumbers(MemoryMarshal.Cast<byte, float>(elements));
                break;
            case DType.Float64 or DType.Complex128:
                AddNumbers(MemoryMarshal.Cast<byte, double>(elements));
                break;
            default:
                AddAsDoubles(elements);
                break;
        }
    }

    /// <summary>Adds elements as float32 or float64, complex ones as two.</summary>
    internal void AddNumbers<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, INumber<T>
    {
        if (imaginary is null)
        {
            real.Add(numbers);
        }
        else
        {
            MomentAccumulator.AddPairs(numbers, real, imaginary);
        }
    }

    /// <summary>Adds one element that occurs so many times.</summary>
    internal void AddRepeated(ReadOnlySpan<byte> element, long times)
    {
        Span<double> numbers = stackalloc double[imaginary is null ? 1 : 2];
        ElementCodec.Read(dtype, element, numbers);
        real.AddRepeated(numbers[0], times);
        imaginary?.AddRepeated(numbers[1], times);
    }

    /// <summary>Adds what another has seen.</summary>
    internal void Add(ParameterMoments other)
    {
        real.Add(other.real);
        if (imaginary is not null && other.imaginary is not null)
        {
            imaginary.Add(other.imaginary);
        }
    }

    private void AddAsDoubles(ReadOnlySpan<byte> elements)
    {
        int size = dtype.Size();
        Span<double> buffer = stackalloc double[ElementCodec.Chunk];
        for (; !elements.IsEmpty; elements = elements[Math.Min(ElementCodec.Chunk * size, elements.Length)..])
        {
            Span<double> values = buffer[..Math.Min(ElementCodec.Chunk, elements.Length / size)];
            ElementCodec.Read(dtype, elements[..(values.Length * size)], values);
            real.Add<double>(values);
        }
    }
}
