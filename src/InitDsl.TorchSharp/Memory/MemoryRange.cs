using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>The bytes between a tensor's first and last element, and which of them are its own.</summary>
internal sealed class MemoryRange
{
    private readonly long[] sizes;
    private readonly long[] strides;
    private readonly long elementSize;
    private readonly bool dense;

    private MemoryRange(nint begin, DeviceType device, long[] sizes, long[] strides, long elementSize)
    {
        Begin = begin;
        Device = device;
        this.sizes = sizes;
        this.strides = strides;
        this.elementSize = elementSize;
        long span = 1;
        long elements = 1;
        foreach ((long size, long stride) in sizes.Zip(strides).OrderBy(axis => axis.Second))
        {
            // Sorted by stride, an axis must step over all that the axes before it cover.
            OverlapsItself |= size > 1 && stride < span;
            span += (size - 1) * stride;
            elements *= size;
        }

        End = begin + (nint)(span * elementSize);
        dense = elements >= span;
    }

    /// <summary>Elements one after another: they fill the range, and nothing need be known of their axes.</summary>
    private MemoryRange(nint begin, DeviceType device, long elements, long elementSize)
    {
        Begin = begin;
        End = begin + (nint)(elements * elementSize);
        Device = device;
        sizes = [];
        strides = [];
        this.elementSize = elementSize;
        dense = true;
    }

    internal nint Begin { get; }

    /// <summary>The address after the last element.</summary>
    internal nint End { get; }

    internal DeviceType Device { get; }

    /// <summary>Whether two of its elements are the same memory, as after <c>expand()</c>.</summary>
    internal bool OverlapsItself { get; }

    internal static MemoryRange Of(Tensor tensor, TensorLayout layout) => layout switch
    {
        { Pointer: 0 } => new(0, layout.Device, 0, 1),
        { Contiguous: true } => new(layout.Pointer, layout.Device, layout.Shape.Elements, ElementTypes.Of(layout.Type)?.Size() ?? tensor.ElementSize),
        _ => new(layout.Pointer, layout.Device, tensor.shape, tensor.stride(), tensor.ElementSize),
    };

    /// <summary>Whether the two have an element in common; false for interleaved ones, as the columns of one matrix.</summary>
    internal bool Overlaps(MemoryRange other)
    {
        if (other.End <= Begin || End <= other.Begin)
        {
            return false;
        }

        if (dense || other.dense || elementSize != other.elementSize || (Begin - other.Begin) % elementSize != 0)
        {
            return true;
        }

        // Mark one's elements on a copy of the address range, and look whether the other has a marked one.
        nint begin = Math.Min(Begin, other.Begin);
        long span = (Math.Max(End, other.End) - begin) / elementSize;
        using Tensor map = zeros(span, dtype: ScalarType.Bool, device: CPU);
        using Tensor mine = map.as_strided(sizes, strides, (Begin - begin) / elementSize);
        using Scalar yes = true.ToScalar();
        mine.fill_(yes);
        using Tensor others = map.as_strided(other.sizes, other.strides, (other.Begin - begin) / elementSize);
        using Tensor any = others.any();
        return any.item<bool>();
    }
}
