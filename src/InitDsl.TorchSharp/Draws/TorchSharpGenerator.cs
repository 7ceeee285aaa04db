using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// libtorch's own generator, drawing what <c>torch.nn.init</c> draws. A generator object of its own: the global one
/// is neither read nor moved.
/// </summary>
internal sealed class TorchSharpGenerator(long seed) : TorchGenerator
{
    private readonly Generator generator = new(unchecked((ulong)seed), CPU);

    /// <inheritdoc/>
    public override string? WhyNot(Law law, ParamSpec spec)
    {
        ArgumentNullException.ThrowIfNull(law);
        ArgumentNullException.ThrowIfNull(spec);
        return law switch
        {
            { IsRandom: false } => null,
            OverlaidLaw { Overlays: var overlays } when overlays.FirstOrDefault(overlay => overlay.Law.IsRandom) is { } drawn =>
                $"PyTorch draws a whole parameter, and rows {drawn.First}..{drawn.End} would be drawn by themselves: {drawn.Law}.",
            OverlaidLaw { KeepsSome: true } overlaid =>
                $"PyTorch draws a whole parameter, {overlaid.Under}, and some rows are to be kept.",
            OverlaidLaw overlaid => WhyNot(overlaid.Under, spec),
            PaddedLaw padded => WhyNot(padded.Inner, spec),
            TruncatedNormalLaw truncated => TruncatedNormalDraw.WhyNot(truncated, spec.DType),
            OrthogonalLaw when spec.DType is not (DType.Float32 or DType.Float64) =>
                $"PyTorch's orthogonal_ has no {spec.DType}.",
            ComplexLaw complex when !ComplexNormal.IsPyTorchs(complex) =>
                $"{law} is not a complex normal as PyTorch's normal_ draws it.",
            UniformLaw or NormalLaw or OrthogonalLaw or SparseLaw or ComplexLaw => null,
            _ => $"torch.nn.init has nothing that draws {law}.",
        };
    }

    /// <inheritdoc/>
    public override void Draw(ParameterStore store, Law law)
    {
        ArgumentNullException.ThrowIfNull(store);
        ArgumentNullException.ThrowIfNull(law);
        if (!law.IsRandom)
        {
            Filler filler = Filler.Of(law, default);
            store.WriteFor(law, (start, run) => ElementCodec.Write(filler, store.Spec.DType, start, run));
            return;
        }

        if (law is OverlaidLaw overlaid)
        {
            // As one does with torch.nn.init: the whole parameter is drawn, then rows of it get their constants.
            Draw(store, overlaid.Under);
            Draw(store, overlaid.OverKept());
            return;
        }

        // Detached, it may be written in place though the parameter requires grad; the version counter is shared.
        var memory = (TorchParameterStore)store;
        memory.TakeMemory();
        Tensor tensor = memory.Tensor;
        using Tensor target = tensor.detach();
        if (target.device_type == DeviceType.CPU)
        {
            Into(target, law);
            return;
        }

        // The values are those that PyTorch draws on the CPU, whatever the device.
        using Tensor drawn = empty(target.shape, dtype: target.dtype, device: CPU);
        Into(drawn, law);
        target.copy_(drawn);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            generator.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Into(Tensor target, Law law)
    {
        switch (law)
        {
            case UniformLaw uniform:
                target.uniform_(uniform.Low, uniform.High, generator);
                break;
            case NormalLaw normal:
                target.normal_(normal.Mean, normal.Std, generator);
                break;
            case TruncatedNormalLaw truncated:
                TruncatedNormalDraw.Into(target, truncated, generator);
                break;
            case OrthogonalLaw orthogonal:
                OrthogonalDraw.Into(target, orthogonal, generator);
                break;
            case SparseLaw sparse:
                SparseDraw.Into(target, sparse, generator);
                break;
            case ComplexLaw complex:
                target.normal_(complex.Mean, ComplexNormal.Std(complex), generator);
                break;
            case PaddedLaw padded:
                // As Embedding.reset_parameters: the padding row is drawn like the others, then set to zero.
                Into(target, padded.Inner);
                using (Tensor row = target.select(0, padded.PaddingIndex))
                {
                    InPlace.Fill(row, 0);
                }

                break;
            default:
                throw new ArgumentException($"PyTorch does not draw {law}.", nameof(law));
        }
    }
}
