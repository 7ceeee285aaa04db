using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>All deferred tensors of the process, by the objects that modules hold. Keeps none of them alive.</summary>
internal static class DeferredTensors
{
    private static readonly ConditionalWeakTable<Tensor, DeferredTensor> Known = [];

    /// <summary>The tensor's record while it has no memory and will get some; null for all others.</summary>
    internal static DeferredTensor? Find(Tensor tensor) =>
        tensor.device_type == DeviceType.META && Known.TryGetValue(tensor, out DeferredTensor? deferred) && !deferred.Storage.Taken
            ? deferred
            : null;

    /// <summary>Records tensors of a model that have no memory. Those that share a storage will share it again.</summary>
    /// <param name="tensors">All tensors without memory that the model holds; known ones stay what they are.</param>
    /// <param name="device">Where the memory is to lie.</param>
    internal static void Add(IReadOnlyList<Tensor> tensors, Device device)
    {
        if (tensors.All(tensor => Find(tensor) is not null))
        {
            return;
        }

        int[] first = StorageIdentity.FirstSharing(tensors);
        var storages = new Dictionary<int, DeferredStorage>();
        foreach ((Tensor tensor, int group) in tensors.Zip(first).Where(found => Find(found.First) is not null))
        {
            storages.TryAdd(group, Find(tensor)!.Storage);
        }

        for (int i = 0; i < first.Length; i++)
        {
            if (Find(tensors[i]) is not null)
            {
                continue;
            }

            if (!storages.TryGetValue(first[i], out DeferredStorage? storage))
            {
                storages[first[i]] = storage = new(device);
            }

            Known.AddOrUpdate(tensors[i], storage.Add(tensors[i]));
        }
    }
}
