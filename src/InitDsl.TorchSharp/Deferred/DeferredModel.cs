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
    /// <returns>Which values that the constructors computed are lost, and which ties: errors, all of them.</returns>
    internal static IReadOnlyList<Diagnostic> TakeOver(nn.Module root, Device device)
    {
        ModulePlace[] places = [.. ModuleWalk.From(root).DistinctBy(place => place.Module)];
        foreach (nn.Module module in places.Select(place => place.Module))
        {
            Known.AddOrUpdate(module, new(device, NativeKind(module)));
        }

        NormBuffers.Fill(places.Select(place => place.Module), device);

        HeldTensor[] held = [.. places.SelectMany(HeldTensors.Of).Where(found => found.Tensor.device_type == DeviceType.META)];
        int[] storage = StorageIdentity.FirstSharing([.. held.Select(found => found.Tensor)]);

        // Only what shares the memory of a parameter gets its values from a rule; and what was shared must be known.
        HashSet<int> filled = [.. storage.Where((_, i) => held[i].IsParameter)];
        ILookup<bool, HeldTensor> isFilled = Enumerable.Range(0, held.Length).ToLookup(i => filled.Contains(storage[i]), i => held[i]);
        Diagnostic[] lost =
        [
            .. isFilled[false].DistinctBy(found => found.Tensor, ReferenceEqualityComparer.Instance).Select(found => Findings.ValuesLost(
                found.Path, Code.TypeName(found.Owner.GetType()), new Shape(found.Tensor.shape))),
            .. LostTies.Of(held, storage),
        ];
        IEnumerable<Tensor> parametersFirst = isFilled[true].OrderByDescending(found => found.IsParameter).Select(found => found.Tensor);
        DeferredTensors.Add([.. parametersFirst.Distinct<Tensor>(ReferenceEqualityComparer.Instance)], device);
        TellNatives(places);
        Remember(places);
        foreach (nn.Module module in places.Select(place => place.Module).Where(IsBuiltOrdinarily))
        {
            AdoptNative(module, device);
        }

        return lost;
    }

    /// <summary>
    /// Takes over parameters that modules built without memory have got since, as by <c>model.to(bfloat16)</c>, which
    /// makes new ones.
    /// </summary>
    internal static void TakeOverNew(IReadOnlyList<ModulePlace> places)
    {
        (DeferredModule Module, string Name, Tensor Tensor)[] fresh =
        [
            .. places.Select(place => (place.Module, Known: Find(place.Module)))
                .Where(place => place.Known is not null)
                .SelectMany(place => WithoutMemory(place.Module).Select(own => (place.Known!, own.Name, (Tensor)own.Tensor)))
                .Where(own => DeferredTensors.Find(own.Item3) is null),
        ];
        if (fresh.Length == 0)
        {
            return;
        }

        // What was one parameter is converted once for each module that holds it, and is one again.
        var first = new Dictionary<(object, nint), Tensor>();
        foreach ((DeferredModule module, string name, Tensor tensor) in fresh)
        {
            if (!module.Natives.TryGetValue(name, out (object Build, nint Native) before) || first.TryAdd(before, tensor))
            {
                continue;
            }

            Tensor same = first[before];
            if (!ReferenceEquals(same, tensor) && same.dtype == tensor.dtype && same.shape.SequenceEqual(tensor.shape))
            {
                TensorHandles.Take(tensor, TensorHandles.Same(same));
            }
        }

        foreach (IGrouping<Device, Tensor> found in fresh.GroupBy(own => own.Module.Device, own => own.Tensor))
        {
            DeferredTensors.Add([.. found.Distinct<Tensor>(ReferenceEqualityComparer.Instance)], found.Key);
        }

        TellNatives(places);
        Remember(places);
    }

    /// <summary>Whether a module of a deferred model took its memory and filled it when it was built.</summary>
    internal static bool IsBuiltOrdinarily(nn.Module module) => Find(module) is { Native: Native.Filled };

    private static DeferredModule? Find(nn.Module module) =>
        Known.TryGetValue(module, out DeferredModule? known) ? known : null;

    /// <summary>Finds what native code must be told: parameters without memory that were assigned to its modules.</summary>
    private static void TellNatives(IEnumerable<ModulePlace> places)
    {
        foreach (nn.Module module in places.Select(place => place.Module).Where(module => Find(module) is { Native: not Native.None }))
        {
            foreach ((string name, Parameter tensor) in OwnParameters.Of(module))
            {
                if (!tensor.IsInvalid && DeferredTensors.Find(tensor) is { } deferred && NativeParameters.CanSet(module, name))
                {
                    deferred.Natives.Add((module, name));
                }
            }
        }
    }

    private static IEnumerable<(string Name, Parameter Tensor)> WithoutMemory(nn.Module module) =>
        OwnParameters.Of(module).Where(own => !own.Tensor.IsInvalid && own.Tensor.device_type == DeviceType.META);

    /// <summary>Notes which parameters are one native tensor.</summary>
    private static void Remember(IEnumerable<ModulePlace> places)
    {
        var build = new object();
        foreach (nn.Module module in places.Select(place => place.Module))
        {
            foreach ((string name, Parameter tensor) in WithoutMemory(module))
            {
                if (Find(module) is { } known)
                {
                    known.Natives[name] = (build, TensorHandles.Native(tensor));
                }
            }
        }
    }

    private static Native NativeKind(nn.Module module)
    {
        (string Name, Parameter Tensor)[] natives = NativeParameters.Of(module);
        foreach ((string _, Parameter tensor) in natives)
        {
            tensor.Dispose();
        }

        return natives.Length == 0 ? Native.None : DeferredEmbedding.Is(module) ? Native.Deferred : Native.Filled;
    }

    /// <summary>Gives everything that holds a parameter of the module the memory that native code has taken for it.</summary>
    private static void AdoptNative(nn.Module module, Device device)
    {
        foreach ((string name, Parameter native) in NativeParameters.Of(module))
        {
            using (native)
            {
                if (OwnParameters.Find(module, name) is { } registered && DeferredTensors.Find(registered) is { } deferred)
                {
                    deferred.Storage.Adopt(deferred, native);
                }
            }
        }

        NativeParameters.OnCpu(module);
        if (device.type != DeviceType.CPU)
        {
            module.to(device);
        }
    }

    /// <param name="Device">Where the module's parameters are to lie.</param>
    /// <param name="Native">Whether it keeps parameters in native code.</param>
    private sealed record DeferredModule(Device Device, Native Native)
    {
        /// <summary>For each parameter without memory, by name, which native tensor it was in which look at the model.</summary>
        internal Dictionary<string, (object Build, nint Native)> Natives { get; } = [];
    }

    /// <summary>What native code has for a module.</summary>
    private enum Native
    {
        /// <summary>No parameters.</summary>
        None,

        /// <summary>Parameters for which it has taken memory, and filled it.</summary>
        Filled,

        /// <summary>A parameter without memory.</summary>
        Deferred,
    }
}
