using DiffSharp;
using DiffSharp.Backends;
using DiffSharp.Model;
using Microsoft.FSharp.Core;

namespace InitDsl;

/// <summary>
/// Access to one parameter's tensor. DiffSharp's tensors do not change: writing gives the parameter a new one, on the same
/// backend and device, and whoever holds the old one keeps its values.
/// </summary>
internal sealed class DiffSharpParameterStore(ParamSpec spec, IReadOnlyList<ParamSpec> aliases, Parameter parameter)
    : ParameterStore(spec, aliases)
{
    internal override bool WritesThrough => false;

    /// <inheritdoc/>
    public override string? WhyNotWritable()
    {
        Tensor value = parameter.value;
        Shape shape = TensorValues.ShapeOf(value);
        return !shape.Equals(Spec.StoredShape) || ElementTypes.Of(value.dtype) != Spec.DType
                ? $"its shape or dtype has changed since the plan was compiled (now {shape} {value.dtype}). Compile a new plan."
            : Differentiation.IsComputed(value)
                ? "its value is computed from something that is being differentiated, as while model.asFunction runs. Initialize the model before or after that."
            : Differentiation.HasTangent(value)
                ? "it is in forward mode: its value has a tangent, which would be that of another value. Initialize the model before that, or after model.noDiff()."
            : null;
    }

    /// <inheritdoc/>
    public override void Write(RunWriter write)
    {
        ArgumentNullException.ThrowIfNull(write);
        Replace(NewBuffer(), write);
    }

    /// <inheritdoc/>
    public override void Read(RunReader read)
    {
        ArgumentNullException.ThrowIfNull(read);
        Current().Runs((start, run) => read(start, run));
    }

    /// <inheritdoc/>
    internal override void Update(RunWriter write) => Replace(Current(), write);

    private ElementBuffer NewBuffer() => ElementBuffer.Of(Spec.DType, checked((int)Spec.Shape.Elements));

    private ElementBuffer Current()
    {
        ElementBuffer buffer = NewBuffer();
        buffer.Load(TensorValues.Flat(parameter.value.primalRaw), Spec);
        return buffer;
    }

    private void Replace(ElementBuffer buffer, RunWriter write)
    {
        buffer.Runs(write);
        Tensor old = parameter.value;
        RawTensor made = RawTensor.CreateFromFlatArray(
            buffer.Store(Spec),
            [.. Spec.StoredShape.Select(size => (int)size)],
            FSharpOption<Dtype>.Some(old.dtype),
            FSharpOption<Device>.Some(old.device),
            FSharpOption<Backend>.Some(old.backend));
        parameter.value = Differentiation.InPlaceOf(old, Tensor.ofRawTensor(made));
    }
}
