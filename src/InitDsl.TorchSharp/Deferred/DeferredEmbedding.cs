using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Embeddings without memory. The constructor takes and fills it in native code; but a module for given values takes
/// those, and one number, seen as a table, is enough for that. Native code gets the real table when memory is taken.
/// </summary>
internal static class DeferredEmbedding
{
    /// <summary>The modules made here with their padding entries, which the tables do not show. Keeps none of them alive.</summary>
    private static readonly ConditionalWeakTable<Embedding, StrongBox<long?>> Made = [];

    internal static Embedding Make(
        long rows, long width, long? padding, double? maxNorm, double normType, bool scaleByFrequency, bool sparse, ScalarType? dtype)
    {
        using Tensor table = empty_strided([rows, width], [0, 0], dtype: dtype ?? get_default_dtype(), device: CPU);
        table.zero_();
        Embedding module = nn.Embedding_from_pretrained(
            table, false, padding, maxNorm, normType, scaleByFrequency, sparse, CPU, table.dtype);
        module.weight = new Parameter(empty(rows, width, dtype: table.dtype, device: META));
        Made.Add(module, new(padding < 0 ? padding + rows : padding));
        return module;
    }

    internal static bool Is(nn.Module module) => module is Embedding embedding && Made.TryGetValue(embedding, out _);

    /// <summary>The padding entry of a module made here; null for all others.</summary>
    internal static long? PaddingRow(nn.Module module) =>
        module is Embedding embedding && Made.TryGetValue(embedding, out StrongBox<long?>? row) ? row.Value : null;

    /// <summary>The table that native code has registered, with memory from now on; null for a module not made here.</summary>
    internal static Tensor? TakeMemory(nn.Module module, string name)
    {
        if (!Is(module))
        {
            return null;
        }

        Parameter table = NativeParameters.Of(module).Single(native => native.Name == name).Tensor;
        if (!table.is_contiguous())
        {
            using Tensor fresh = empty(table.shape, dtype: table.dtype, device: CPU);
            table.set_(fresh).Dispose();
        }

        return table;
    }
}
