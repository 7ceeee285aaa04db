using System.Runtime.InteropServices;
using DiffSharp;

namespace InitDsl;

/// <summary>A parameter's elements as the core has them, on the way to and from DiffSharp's arrays.</summary>
internal abstract class ElementBuffer
{
    /// <summary>Elements a run: as bytes of any dtype they fit into a span.</summary>
    private const int LongestRun = 1 << 27;

    /// <summary>The type of the array that DiffSharp makes a tensor of a dtype from.</summary>
    internal static Type StoredTypeOf(Dtype dtype) => Of(ElementTypes.Of(dtype), 0).StoredType;

    /// <summary>A buffer of zeros.</summary>
    internal static ElementBuffer Of(DType dtype, int elements) => dtype switch
    {
        // DiffSharp has no halves of its own: its backends take and give floats.
        DType.Float16 => new ElementBuffer<Half, float>(elements, half => (float)half, value => (Half)value),
        DType.BFloat16 => new ElementBuffer<ushort, float>(elements, BFloat16Bits.Widen, BFloat16Bits.Round),
        DType.Float32 => Plain<float>(elements),
        DType.Float64 => Plain<double>(elements),
        DType.Int8 => Plain<sbyte>(elements),
        DType.UInt8 => Plain<byte>(elements),
        DType.Int16 => Plain<short>(elements),
        DType.Int32 => Plain<int>(elements),
        DType.Int64 => Plain<long>(elements),
        DType.Bool => Plain<bool>(elements),
        _ => throw new NotSupportedException($"DiffSharp has no {dtype}."),
    };

    internal abstract Type StoredType { get; }

    /// <summary>The elements as bytes, in runs.</summary>
    /// <param name="visit">Is given each.</param>
    /// <param name="longest">How many elements a run has, but for the last.</param>
    internal abstract void Runs(RunWriter visit, int longest = LongestRun);

    /// <summary>Takes values over from an array of DiffSharp's.</summary>
    /// <param name="stored">As many elements, row-major.</param>
    /// <param name="spec">The parameter, which says how they lie.</param>
    internal abstract void Load(Array stored, ParamSpec spec);

    /// <summary>The values in an array for DiffSharp to keep; the buffer must not be used after it.</summary>
    /// <param name="spec">The parameter, which says how they are to lie.</param>
    internal abstract Array Store(ParamSpec spec);

    private static ElementBuffer<T, T> Plain<T>(int elements)
        where T : unmanaged => new(elements, value => value, value => value);
}

/// <typeparam name="T">The core's type of an element.</typeparam>
/// <typeparam name="TStored">DiffSharp's.</typeparam>
internal sealed class ElementBuffer<T, TStored>(int elements, Converter<T, TStored> store, Converter<TStored, T> load) : ElementBuffer
    where T : unmanaged
    where TStored : unmanaged
{
    private T[] values = new T[elements];

    internal override Type StoredType => typeof(TStored);

    internal override void Runs(RunWriter visit, int longest)
    {
        for (long start = 0; start < values.Length; start += longest)
        {
            visit(start, MemoryMarshal.AsBytes(values.AsSpan((int)start, (int)Math.Min(longest, values.Length - start))));
        }
    }

    internal override void Load(Array stored, ParamSpec spec) =>
        StoredLayout.FromMemory<T>(stored as T[] ?? Array.ConvertAll((TStored[])stored, load), values, spec);

    internal override Array Store(ParamSpec spec)
    {
        T[] row = values;
        if (StoredLayout.Differs(spec))
        {
            row = new T[values.Length];
            StoredLayout.ToMemory<T>(values, row, spec);
        }

        values = [];
        return typeof(T) == typeof(TStored) ? row : Array.ConvertAll(row, store);
    }
}
