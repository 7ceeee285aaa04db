using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Embeddings that a constructor converted, as by <c>.to(bfloat16)</c>, after their table may have been shared. In an
/// ordinary model the table stays one: native code converts it in place. Without memory everything that holds it gets
/// a tensor of its own, and nothing tells that they were one.
/// </summary>
internal static class LostTies
{
    /// <param name="held">All tensors without memory that the model holds.</param>
    /// <param name="storage">For each the index of the first one with the same storage.</param>
    internal static IEnumerable<Diagnostic> Of(IReadOnlyList<HeldTensor> held, IReadOnlyList<int> storage)
    {
        ScalarType untouched = get_default_dtype();
        int[] alone =
        [
            .. Enumerable.Range(0, held.Count).Where(i => held[i].IsParameter).GroupBy(i => storage[i])
                .Where(sharing => sharing.Select(i => held[i].Owner).Distinct<nn.Module>(ReferenceEqualityComparer.Instance).Count() == 1)
                .Select(sharing => sharing.Key),
        ];
        foreach (int i in alone.Where(i => IsConverted(held[i], untouched)))
        {
            HeldTensor? partner = alone.Where(j => j != i).Select(j => held[j]).FirstOrDefault(other =>
                other.Tensor.dtype == held[i].Tensor.dtype && other.Tensor.shape.SequenceEqual(held[i].Tensor.shape));
            if (partner is not null)
            {
                yield return Findings.TieUnknown(
                    held[i].Path,
                    Code.TypeName(held[i].Owner.GetType()),
                    new Shape(held[i].Tensor.shape),
                    held[i].Tensor.dtype.ToString(),
                    partner.Path);
            }
        }
    }

    /// <summary>Whether a table is, or may be, another one than the constructor of its module made.</summary>
    private static bool IsConverted(HeldTensor table, ScalarType untouched) => table.Owner switch
    {
        Embedding made when DeferredEmbedding.Is(made) => !DeferredEmbedding.HasOwnTable(made),
        Embedding or EmbeddingBag => table.Tensor.dtype != untouched,
        _ => false,
    };
}
