using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Access to the memory of one tensor: straight where it is contiguous on the CPU, else through a scratch tensor
/// that is copied in parts. The tensor object, its gradient and its flags stay as they are.
/// </summary>
internal sealed class TorchParameterStore : ParameterStore
{
    /// <summary>How much a scratch tensor holds; a single row may be longer.</summary>
    private const long ScratchBytes = 16 << 20;

    private readonly TensorLayout compiled;
    private readonly DeferredTensor? deferred;
    private readonly string? refusal;
    private bool? madeInInferenceMode;

    /// <summary>The store of a module's parameter, under all the names it is registered by.</summary>
    internal TorchParameterStore(IReadOnlyList<ParameterSite> sites, string? refusal = null)
        : this(sites[0].Spec, sites.Count == 1 ? [] : [.. sites.Skip(1).Select(site => site.Spec)], sites[0].Tensor, sites[0].Layout, sites, refusal)
    {
    }

    /// <summary>The store of a tensor on its own.</summary>
    internal TorchParameterStore(ParamSpec spec, Tensor tensor, TensorLayout layout, string? refusal = null)
        : this(spec, [], tensor, layout, [], refusal)
    {
    }

    private TorchParameterStore(
        ParamSpec spec,
        IReadOnlyList<ParamSpec> aliases,
        Tensor tensor,
        TensorLayout layout,
        IReadOnlyList<ParameterSite> sites,
        string? refusal)
        : base(spec, aliases)
    {
        Tensor = tensor;
        compiled = layout;
        deferred = layout.Device == DeviceType.META ? DeferredTensors.Find(tensor) : null;
        Sites = sites;
        this.refusal = refusal;
    }

    internal Tensor Tensor { get; }

    /// <summary>Where the parameter is registered; none for a tensor on its own.</summary>
    internal IReadOnlyList<ParameterSite> Sites { get; }

    private bool MadeInInferenceMode => madeInInferenceMode ??= InferenceTensors.Is(Tensor);

    /// <summary>The tensor's layout as it should be: when the plan was compiled, or since its memory was taken.</summary>
    private TensorLayout Expected => deferred?.Layout ?? compiled;

    private bool WithoutMemory => deferred is { Layout: null };

    private bool Direct =>
        Expected.Contiguous
        && (WithoutMemory ? deferred!.Storage.Device.type : Expected.Device) == DeviceType.CPU
        && !Tensor.is_conj() && !Tensor.is_neg();

    /// <summary>Only where no operation of torch is needed whose outcome depends on the thread's modes.</summary>
    public override bool WritableOnAnyThread => Direct && !MadeInInferenceMode;

    /// <summary>What is not direct goes through a scratch tensor.</summary>
    internal override bool WritesThrough => Direct;

    internal override bool HasMemory => !WithoutMemory;

    internal override bool TakesMemoryForOthers => WithoutMemory && deferred!.Storage.Shared;

    /// <inheritdoc/>
    public override string? WhyNotWritable()
    {
        if (Tensor.IsInvalid)
        {
            return Refusals.Disposed;
        }

        if (Refusals.Of(Tensor) is { } why)
        {
            return why;
        }

        if (!Expected.Fits(Tensor))
        {
            return Refusals.Changed(TensorLayout.Of(Tensor));
        }

        for (int i = 0; i < Sites.Count; i++)
        {
            if (!Sites[i].IsCurrent())
            {
                return Refusals.Replaced;
            }
        }

        return MadeInInferenceMode && !is_inference_mode_enabled() ? Refusals.MadeInInferenceMode() : refusal;
    }

    /// <summary>Each question to libtorch is one to memory that is in no cache, where the model is large: what the layout
    /// says is not asked again.</summary>
    internal override string? WhyRefused()
    {
        bool ordinary = compiled is { Pointer: not 0, Device: DeviceType.CPU } && ElementTypes.Of(compiled.Type) is not null;
        if (!ordinary || Tensor.is_conj() || Tensor.is_neg())
        {
            return WhyNotWritable();
        }

        return MadeInInferenceMode && !is_inference_mode_enabled() ? Refusals.MadeInInferenceMode() : refusal;
    }

    /// <inheritdoc/>
    public override void Write(RunWriter write) => Write(write, current: false);

    /// <inheritdoc/>
    internal override void Update(RunWriter write) => Write(write, current: true);

    /// <param name="write">Called for each run.</param>
    /// <param name="current">Whether the runs must hold the values that the tensor has now.</param>
    private void Write(RunWriter write, bool current)
    {
        ArgumentNullException.ThrowIfNull(write);
        TakeMemory();
        if (Spec.Shape.Elements == 0)
        {
            return;
        }

        if (Direct)
        {
            try
            {
                TensorMemory.Runs(Tensor, 0, write);
            }
            finally
            {
                if (!MadeInInferenceMode)
                {
                    // Autograd keeps no version of the others, and lets only the thread in inference mode try.
                    TensorMemory.BumpVersion(Tensor);
                }
            }

            return;
        }

        Parts((start, part) =>
        {
            using Tensor scratch = empty(part.shape, dtype: part.dtype, device: CPU);
            if (current)
            {
                scratch.copy_(part);
            }

            TensorMemory.Runs(scratch, start, write);
            part.copy_(scratch);
        });
    }

    /// <summary>Takes the memory of a deferred parameter; of others nothing is to be taken.</summary>
    internal override void TakeMemory() => deferred?.Storage.TakeMemory();

    /// <inheritdoc/>
    public override void Read(RunReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        if (WithoutMemory)
        {
            throw new InvalidOperationException(
                $"{Spec.Path} has no values yet: the model was built deferred. Fill it first, with plan.Apply().");
        }

        if (Spec.Shape.Elements == 0)
        {
            return;
        }

        if (Direct)
        {
            TensorMemory.Runs(Tensor, 0, (start, run) => read(start, run));
            return;
        }

        Parts((start, part) =>
        {
            using Tensor scratch = empty(part.shape, dtype: part.dtype, device: CPU);
            scratch.copy_(part);
            TensorMemory.Runs(scratch, start, (first, run) => read(first, run));
        });
    }

    /// <summary>Cuts the tensor along its first axis that has a length, so that a part is a run of elements.</summary>
    private void Parts(Action<long, Tensor> visit)
    {
        // Detached, so that a leaf that requires grad can be copied into; no_grad() would end at the first await.
        using Tensor detached = Tensor.detach();
        using Tensor whole = Spec.Shape.Rank == 0 ? detached.unsqueeze(0) : detached.alias();
        int axis = Math.Max(0, Array.FindIndex(whole.shape, size => size > 1));
        long rows = whole.shape[axis];
        long row = Spec.Shape.Elements / rows;
        long step = Math.Max(1, ScratchBytes / (row * Tensor.ElementSize));
        for (long first = 0; first < rows; first += step)
        {
            using Tensor part = whole.narrow(axis, first, Math.Min(step, rows - first));
            visit(first * row, part);
        }
    }
}
