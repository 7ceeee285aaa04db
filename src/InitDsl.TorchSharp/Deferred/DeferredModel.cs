using System.Runtime.CompilerServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>Makes what a factory built without memory into a model whose parameters wait for a plan.</summary>
internal static class DeferredModel
{
    /// <summary>The modules that were built without memory. Keeps none of them alive.</summary>
    private static readonly ConditionalWeakTable<nn.Module, DeferredModule> Known = [];

    /// <summary>Takes over a model: its parameters wait, its buffers get their values, native modules their own memory.</summary>
    /// <exception cref="InitException">Values that the constructors computed are lost: all of them are named.</exception>
    internal static void TakeOver(nn.Module root, Device device)
    {
        ModulePlace[] places = [.. ModuleWalk.From(root).DistinctBy(place => place.Module)];
        foreach (ModulePlace place in places)
        {
            bool native = NativeParameters.Adopt(place.Module);
            Known.AddOrUpdate(place.Module, new(device, native));
            NormBuffers.Fill(place.Module, device);
            if (native && device.type != DeviceType.CPU)
            {
                place.Module.to(device);
            }
        }

        HeldTensor[] held = [.. places.SelectMany(HeldTensors.Of).Where(found => found.Tensor.device_type == DeviceType.META)];
        Tensor[] tensors = [.. held.Select(found => found.Tensor).Distinct()];
        int[] first = StorageIdentity.FirstSharing(tensors);
        var parameters = new HashSet<int>();
        var index = new Dictionary<Tensor, int>(ReferenceEqualityComparer.Instance);
        for (int i = 0; i < tensors.Length; i++)
        {
            index[tensors[i]] = first[i];
        }

        foreach (HeldTensor parameter in held.Where(found => found.IsParameter))
        {
            parameters.Add(index[parameter.Tensor]);
        }

        Diagnostic[] lost =
        [
            .. held.Where(found => !parameters.Contains(index[found.Tensor]))
                .DistinctBy(found => found.Tensor)
                .Select(found => Findings.ValuesLost(
                    found.Path, Code.TypeName(found.Owner.GetType()), new Shape(found.Tensor.shape))),
        ];
        if (lost.Length > 0)
        {
            throw new InitException(lost);
        }

        DeferredTensors.Add(tensors, device);
        foreach (ModulePlace place in places.Where(place => Known.TryGetValue(place.Module, out DeferredModule? known) && known.Native))
        {
            TellNative(place.Module);
        }
    }

    /// <summary>
    /// Takes over parameters that modules built without memory have got since, as by <c>model.to(bfloat16)</c>, which
    /// makes new ones.
    /// </summary>
    internal static void TakeOverNew(IEnumerable<ModulePlace> places)
    {
        foreach (IGrouping<Device, Tensor> found in places
                     .Select(place => (place.Module, Known: Find(place.Module)))
                     .Where(place => place.Known is not null)
                     .SelectMany(place => OwnParameters.Of(place.Module)
                         .Where(own => !own.Tensor.IsInvalid && own.Tensor.device_type == DeviceType.META)
                         .Select(own => (Tensor: (Tensor)own.Tensor, place.Known!.Device)))
                     .GroupBy(own => own.Device, own => own.Tensor))
        {
            DeferredTensors.Add([.. found.Distinct()], found.Key);
        }
    }

    /// <summary>Whether a module of a deferred model has its parameters in native code, so that it was built the ordinary way.</summary>
    internal static bool IsBuiltOrdinarily(nn.Module module) => Find(module) is { Native: true };

    private static DeferredModule? Find(nn.Module module) =>
        Known.TryGetValue(module, out DeferredModule? known) ? known : null;

    /// <summary>A native module to which a parameter without memory was assigned keeps it in native code too.</summary>
    private static void TellNative(nn.Module module)
    {
        foreach ((string name, Parameter tensor) in OwnParameters.Of(module))
        {
            if (DeferredTensors.Find(tensor) is { } deferred && NativeParameters.Setter(module, name, tensor) is { } setter)
            {
                deferred.Taken += setter;
            }
        }
    }

    /// <param name="Device">Where the module's parameters are to lie.</param>
    /// <param name="Native">Whether they were made in native code.</param>
    private sealed record DeferredModule(Device Device, bool Native);
}
