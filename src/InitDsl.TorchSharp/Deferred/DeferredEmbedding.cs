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
    /// <summary>The modules made here. Keeps none of them alive.</summary>
    private static readonly ConditionalWeakTable<Embedding, Origin> Made = [];

    internal static Embedding Make(
        long rows, long width, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse, ScalarType? dtype)
    {
        Embedding module = nn.Embedding(rows, 0, padding, maxNorm, normType, scaleByFrequency, sparse, CPU, dtype);
        var table = new Parameter(empty(rows, width, dtype: dtype ?? get_default_dtype(), device: META));
        module.weight = table;
        Made.Add(module, new(table, padding < 0 ? padding + rows : padding));
        return module;
    }

    internal static bool Is(nn.Module module) => module is Embedding embedding && Made.TryGetValue(embedding, out _);

    /// <summary>The padding entry of a module made here; null for all others.</summary>
    internal static long? PaddingRow(nn.Module module) =>
        module is Embedding embedding && Made.TryGetValue(embedding, out Origin? origin) ? origin.PaddingRow : null;

    /// <summary>Whether a module made here still has the table that it was made with.</summary>
    internal static bool HasOwnTable(Embedding module) =>
        Made.TryGetValue(module, out Origin? origin) && ReferenceEquals(OwnParameters.Find(module, "weight"), origin.Table);

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

    /// <param name="Table">The parameter that the module was made with.</param>
    /// <param name="PaddingRow">The padding entry, which the table does not show.</param>
    private sealed record Origin(Parameter Table, long? PaddingRow);
}
