using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Finds out which registered parameters are the same memory. TorchSharp's own enumeration goes by tensor object,
/// so that tied weights come twice.
/// </summary>
internal static class SharedMemory
{
    /// <summary>A store a parameter, in the order of first registration.</summary>
    internal static IReadOnlyList<TorchParameterStore> Stores(IEnumerable<ParameterSite> sites)
    {
        List<ParameterSite>[] parameters = [.. Tied(sites)];
        Dictionary<List<ParameterSite>, string> refusals = Overlaps(parameters);
        return [.. parameters.Select(tied => new TorchParameterStore(tied, refusals.GetValueOrDefault(tied)))];
    }

    /// <summary>
    /// The same memory read the same way is the same parameter. Tensors without memory (no elements, the meta
    /// device) are the same when they are the same object.
    /// </summary>
    private static IEnumerable<List<ParameterSite>> Tied(IEnumerable<ParameterSite> sites)
    {
        var order = new List<List<ParameterSite>>();
        var known = new Dictionary<(TensorLayout, object?), List<ParameterSite>>();
        foreach (ParameterSite site in sites)
        {
            (TensorLayout, object?) key = (site.Layout, site.Layout.Pointer == 0 ? site.Tensor : null);
            if (!known.TryGetValue(key, out List<ParameterSite>? tied))
            {
                known[key] = tied = [];
                order.Add(tied);
            }

            tied.Add(site);
        }

        return order;
    }

    /// <summary>
    /// Parameters that overlap without being the same. The first in the model owns the memory; the others cannot be
    /// initialised, as whichever is written last would win.
    /// </summary>
    private static Dictionary<List<ParameterSite>, string> Overlaps(List<ParameterSite>[] parameters)
    {
        var refusals = new Dictionary<List<ParameterSite>, string>(ReferenceEqualityComparer.Instance);
        var open = new List<(MemoryRange Range, int Index)>();
        foreach ((MemoryRange range, int index) in parameters
                     .Select((tied, index) => (Range: MemoryRange.Of(tied[0].Tensor, tied[0].Layout), Index: index))
                     .Where(found => found.Range.Begin != 0)
                     .OrderBy(found => found.Range.Begin))
        {
            if (range.OverlapsItself)
            {
                refusals[parameters[index]] = Refusals.OverlapsItself(parameters[index][0].Layout);
            }

            open.RemoveAll(other => other.Range.End <= range.Begin || other.Range.Device != range.Device);
            foreach ((MemoryRange other, int owner) in open)
            {
                if (range.Overlaps(other))
                {
                    (int first, int second) = owner < index ? (owner, index) : (index, owner);
                    refusals.TryAdd(parameters[second], Refusals.SharesMemory(parameters[first][0].Spec.Path));
                }
            }

            open.Add((range, index));
        }

        return refusals;
    }
}
