using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitDsl;

/// <summary>What passes work on: words, the values made of them, and notes between passes, of the same length.</summary>
internal readonly ref struct PassBuffer(ReadOnlySpan<byte> words, Span<byte> values, Span<byte> notes)
{
    private readonly ReadOnlySpan<byte> words = words;
    private readonly Span<byte> values = values;
    private readonly Span<byte> notes = notes;

    /// <summary>A loop of its own for each pass, so that it keeps its constants in registers.</summary>
    [MethodImpl(MethodImplOptions.NoInlining | MethodImplOptions.AggressiveOptimization)]
    internal void Run<TLanes, TBits, TReal, TInt, T, TPass>(in TPass pass)
        where TLanes : struct, ILanes<TBits, TReal, TInt, T>
        where TBits : struct
        where TReal : struct
        where TInt : unmanaged
        where T : unmanaged
        where TPass : struct, IPass<TInt, T>
    {
        ref byte source = ref MemoryMarshal.GetReference(words);
        ref byte target = ref MemoryMarshal.GetReference(values);
        ref byte between = ref MemoryMarshal.GetReference(notes);
        nuint length = (nuint)values.Length;
        for (nuint at = 0; at < length; at += 2 * (nuint)TLanes.Bytes)
        {
            pass.Run<TLanes, TBits, TReal>(new(ref source, ref target, ref between, at));
        }
    }
}
