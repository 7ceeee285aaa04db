using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The parameters, buffers and modes of a model as they are now, put back when this is disposed of. Turns gradients off and
/// evaluation on until then.
/// </summary>
internal sealed class ModelState : IDisposable
{
    private readonly (nn.Module Module, bool Training)[] modes;
    private readonly (Tensor Tensor, Tensor Copy)[] buffers;
    private readonly (Tensor Tensor, Tensor Copy)[] weights;
    private readonly IDisposable withoutGradients;
    private bool keepWeights;

    internal ModelState(nn.Module model)
    {
        nn.Module[] modules = [.. ModuleWalk.From(model).Select(place => place.Module)];
        modes = [.. modules.Select(module => (module, module.training))];
        withoutGradients = no_grad();
        buffers = [.. Copies(modules.SelectMany(OwnBuffers.Of).Select(buffer => buffer.Tensor))];
        weights = [.. Copies(modules.Where(LsuvRun.IsLayer).SelectMany(module => OwnParameters.Of(module)).Select(own => (Tensor)own.Tensor))];
        model.eval();
    }

    /// <summary>Leaves the weights as they are by then.</summary>
    internal void KeepWeights() => keepWeights = true;

    public void Dispose()
    {
        PutBack(weights, !keepWeights);
        PutBack(buffers, true);
        withoutGradients.Dispose();

        // Parents first: train() reaches into all modules beneath, which then get their own mode back.
        foreach ((nn.Module module, bool training) in modes)
        {
            if (module.training != training)
            {
                module.train(training);
            }
        }
    }

    private static IEnumerable<(Tensor, Tensor)> Copies(IEnumerable<Tensor> tensors) =>
        tensors.Where(tensor => !tensor.IsInvalid && tensor.device_type != TorchSharp.DeviceType.META)
            .Distinct<Tensor>(ReferenceEqualityComparer.Instance)
            .Select(tensor => (tensor, tensor.clone().DetachFromDisposeScope()));

    private static void PutBack((Tensor Tensor, Tensor Copy)[] saved, bool restore)
    {
        foreach ((Tensor tensor, Tensor copy) in saved)
        {
            if (restore && !tensor.IsInvalid)
            {
                tensor.copy_(copy);
            }

            copy.Dispose();
        }
    }
}
