using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Embeddings without memory. The constructor takes a table and fills it in native code, but rows of length 0 cost it
/// nothing, and looking up goes by the table's shape alone. Native code gets the real table when memory is taken.
/// </summary>
internal static class DeferredEmbedding
{
    /// <summary>The modules made here with their padding entries, which the tables do not show. Keeps none of them alive.</summary>
    private static readonly ConditionalWeakTable<Embedding, StrongBox<long?>> Made = [];

    internal static Embedding Make(
        long rows, long width, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse, ScalarType? dtype)
    {
        Embedding module = nn.Embedding(rows, 0, padding, maxNorm, normType, scaleByFrequency, sparse, CPU, dtype);
        module.weight = new Parameter(empty(rows, width, dtype: dtype ?? get_default_dtype(), device: META));
        Made.Add(module, new(padding < 0 ? padding + rows : padding));
        return module;
    }

    internal static bool Is(nn.Module module) => module is Embedding embedding && Made.TryGetValue(embedding, out _);

    /// <summary>The padding entry of a module made here; null for all others.</summary>
    internal static long? PaddingRow(nn.Module module) =>
        module is Embedding embedding && Made.TryGetValue(embedding, out StrongBox<long?>? row) ? row.Value : null;

    /// <summary>
    /// The table that native code has registered, with memory for a tensor from now on; null for a module not made
    /// here, and where the table is of another type.
    /// </summary>
    internal static Tensor? TakeMemory(nn.Module module, string name, Tensor tensor)
    {
        if (!Is(module))
        {
            return null;
        }

        Parameter table = NativeParameters.Of(module).Single(native => native.Name == name).Tensor;
        if (table.dtype != tensor.dtype || !tensor.is_contiguous())
        {
            table.Dispose();
            return null;
        }

        using Tensor memory = empty(tensor.shape, dtype: tensor.dtype, device: CPU);
        table.set_(memory);
        return table;
    }
}
