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
    internal static IReadOnlyList<TorchParameterStore> Stores(IReadOnlyList<ParameterSite> sites)
    {
        IReadOnlyList<IReadOnlyList<ParameterSite>> parameters = Tied(sites);
        Dictionary<int, string> refusals = Overlaps(parameters);
        var stores = new TorchParameterStore[parameters.Count];
        for (int i = 0; i < stores.Length; i++)
        {
            stores[i] = new(parameters[i], refusals.GetValueOrDefault(i));
        }

        return stores;
    }

    /// <summary>
    /// The same memory read the same way is the same parameter. Tensors without memory (no elements, the meta
    /// device) are the same when they are the same object.
    /// </summary>
    private static List<IReadOnlyList<ParameterSite>> Tied(IReadOnlyList<ParameterSite> sites)
    {
        var order = new List<IReadOnlyList<ParameterSite>>(sites.Count);
        var known = new Dictionary<(TensorLayout, object?), int>(sites.Count);
        foreach (ParameterSite site in sites)
        {
            (TensorLayout, object?) key = (site.Layout, site.Layout.Pointer == 0 ? site.Tensor : null);
            if (known.TryAdd(key, order.Count))
            {
                order.Add([site]);
            }
            else if (order[known[key]] is List<ParameterSite> tied)
            {
                tied.Add(site);
            }
            else
            {
                order[known[key]] = new List<ParameterSite> { order[known[key]][0], site };
            }
        }

        return order;
    }

    /// <summary>
    /// Parameters that overlap without being the same. The first in the model owns the memory; the others cannot be
    /// initialised, as whichever is written last would win.
    /// </summary>
    private static Dictionary<int, string> Overlaps(IReadOnlyList<IReadOnlyList<ParameterSite>> parameters)
    {
        var ranges = new List<(MemoryRange Range, int Index)>(parameters.Count);
        for (int i = 0; i < parameters.Count; i++)
        {
            var range = MemoryRange.Of(parameters[i][0].Tensor, parameters[i][0].Layout);
            if (range.Begin != 0)
            {
                ranges.Add((range, i));
            }
        }

        ranges.Sort((a, b) => (a.Range.Begin, a.Index).CompareTo((b.Range.Begin, b.Index)));
        var refusals = new Dictionary<int, string>();
        var open = new List<(MemoryRange Range, int Index)>();
        foreach ((MemoryRange range, int index) in ranges)
        {
            if (range.OverlapsItself)
            {
                refusals[index] = Refusals.OverlapsItself(parameters[index][0].Layout);
            }

            for (int i = open.Count - 1; i >= 0; i--)
            {
                if (open[i].Range.End <= range.Begin || open[i].Range.Device != range.Device)
                {
                    open.RemoveAt(i);
                }
            }

            foreach ((MemoryRange other, int owner) in open)
            {
                if (range.Overlaps(other))
                {
                    (int first, int second) = owner < index ? (owner, index) : (index, owner);
                    refusals.TryAdd(second, Refusals.SharesMemory(parameters[first][0].Spec.Path));
                }
            }

            open.Add((range, index));
        }

        return refusals;
    }
}
