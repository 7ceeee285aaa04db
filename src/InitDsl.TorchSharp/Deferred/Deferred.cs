using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// Builds models without the default initialization that their constructors would do: memory is taken when the rules
/// fill it, once, and the values are those of the ordinary way, to the bit.
/// </summary>
/// <remarks>
/// <para>
/// The factory runs while torch's default device is META, so that tensors have shapes and no memory. That device is
/// one for the whole process. It is put back in any case, and builds on several threads wait for each other; but what
/// other threads make meanwhile without naming a device has no memory either, and using it fails. Build models before
/// the threads that use torch are started, or while they do nothing else than compute with tensors they have.
/// </para>
/// <para>
/// Every parameter without memory must be covered by a rule: what nothing fills is an error when the plan is compiled.
/// To call a model that has not been filled, or to save it, fails in libtorch, whose messages speak of "meta tensors" and "the
/// meta device"; linear layers alone give a tensor without values on that device, and reading it fails.
/// Values that a constructor computes, as a mask or a table of positions, are kept where the constructor names their
/// device, <c>arange(n, device: CPU)</c>; where it does not they are lost, which is an error that names each. Modules
/// that TorchSharp makes in native code (<c>Embedding</c>, <c>EmbeddingBag</c>, <c>RNN</c>, <c>LSTM</c>, <c>GRU</c>,
/// their cells, <c>MultiheadAttention</c>, <c>Transformer</c> and its parts) are built the ordinary way and named by
/// the plan and the report (INIT203).
/// </para>
/// <para>
/// Running statistics of norms start at mean 0 and variance 1. Tensors that a constructor assigns to them, with a device
/// that it names, are kept; what it writes into them in place is lost, which is an error too.
/// </para>
/// <para>
/// Make optimizers, and load weights, after the model has been filled: TorchSharp drops what is loaded where no memory is.
/// </para>
/// </remarks>
public static class Deferred
{
    /// <summary>Builds a model without memory for its parameters: <c>Initialize</c>, or a plan, takes and fills it.</summary>
    /// <param name="factory">Makes the model: <c>() => new Gpt2(config)</c>.</param>
    /// <returns>The model. Until it is filled it has no values: to call it, to read what it computes, or to save it, fails.</returns>
    /// <exception cref="InitException">
    /// Values that the constructors computed, or ties of what they converted, are lost: all of them are named.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A constructor needs the values of a tensor that has none, or another thread of the factory builds too.
    /// </exception>
    public static T Build<T>(Func<T> factory)
        where T : nn.Module => BuildOn(factory, null);

    /// <summary>Builds a model without memory for its parameters: <c>Initialize</c>, or a plan, takes and fills it.</summary>
    /// <param name="factory">Makes the model: <c>() => new Gpt2(config)</c>.</param>
    /// <param name="device">Where the parameters are to lie; torch's default device in the other overloads.</param>
    /// <returns>The model. Until it is filled it has no values: to call it, to read what it computes, or to save it, fails.</returns>
    /// <exception cref="InitException">
    /// Values that the constructors computed, or ties of what they converted, are lost: all of them are named.
    /// </exception>
    /// <exception cref="InvalidOperationException">
    /// A constructor needs the values of a tensor that has none, or another thread of the factory builds too.
    /// </exception>
    public static T Build<T>(Func<T> factory, Device device)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(device);
        if (device.type == DeviceType.META)
        {
            throw new ArgumentException("The meta device has no memory that could be filled. Name the device where the model is to lie.", nameof(device));
        }

        return BuildOn(factory, device);
    }

    /// <summary>Builds a model and fills it by rules.</summary>
    /// <param name="factory">Makes the model: <c>() => new Gpt2(config)</c>.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins. Together they cover every parameter.</param>
    /// <param name="seed">The seed; without one it is drawn from torch's global generator.</param>
    /// <returns>The model, filled.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    public static T Build<T>(Func<T> factory, RuleSet rules, long? seed = null)
        where T : nn.Module => Build(factory, rules, seed, out _);

    /// <summary>Builds a model and fills it by rules.</summary>
    /// <param name="factory">Makes the model: <c>() => new Gpt2(config)</c>.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins. Together they cover every parameter.</param>
    /// <param name="seed">The seed; without one it is drawn from torch's global generator.</param>
    /// <param name="report">What was done.</param>
    /// <returns>The model, filled.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    public static T Build<T>(Func<T> factory, RuleSet rules, long? seed, out Report report)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(rules);
        T model = BuildFor(rules, RandomSource.Philox(seed ?? 0), factory);
        report = model.Initialize(rules, seed);
        return model;
    }

    /// <summary>Builds a model and fills it by rules.</summary>
    /// <param name="factory">Makes the model: <c>() => new Gpt2(config)</c>.</param>
    /// <param name="rules">The rules; the last one that matches a parameter wins. Together they cover every parameter.</param>
    /// <param name="source">Where the random numbers come from.</param>
    /// <returns>The model, filled.</returns>
    /// <exception cref="InitException">Something cannot be right: every error at once.</exception>
    public static T Build<T>(Func<T> factory, RuleSet rules, RandomSource source)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(rules);
        ArgumentNullException.ThrowIfNull(source);
        T model = BuildFor(rules, source, factory);
        model.Initialize(rules, source);
        return model;
    }

    /// <summary>
    /// <c>nn.Embedding</c> for models that are built deferred: TorchSharp's own takes its memory and fills it in native
    /// code, whatever is done. Outside <c>Deferred.Build</c> it is <c>nn.Embedding</c> itself.
    /// </summary>
    /// <param name="num_embeddings">The number of rows.</param>
    /// <param name="embedding_dims">The length of a row.</param>
    /// <param name="padding_idx">The row that stands for padding and gets no gradient.</param>
    /// <param name="max_norm">Rows that are longer are scaled down to this norm when they are used.</param>
    /// <param name="norm_type">Which norm that is.</param>
    /// <param name="scale_grad_by_freq">Whether gradients are divided by how often a row was used.</param>
    /// <param name="sparse">Whether the gradient is a sparse tensor.</param>
    /// <param name="device">Where the table is to lie; one that is named is made at once, and filled by TorchSharp.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <returns>The module, weight [<paramref name="num_embeddings"/>, <paramref name="embedding_dims"/>].</returns>
#pragma warning disable CA1707 // TorchSharp's names, so that a call can be moved here as it is.
    public static Embedding Embedding(
        long num_embeddings,
        long embedding_dims,
        long? padding_idx = null,
        double? max_norm = null,
        double norm_type = 2.0,
        bool scale_grad_by_freq = false,
        bool sparse = false,
        Device? device = null,
        ScalarType? dtype = null) =>
        MetaDefault.IsRunning && device is null
            ? DeferredEmbedding.Make(num_embeddings, embedding_dims, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, dtype)
            : nn.Embedding(num_embeddings, embedding_dims, padding_idx, max_norm, norm_type, scale_grad_by_freq, sparse, device, dtype);
#pragma warning restore CA1707

    private static T BuildOn<T>(Func<T> factory, Device? device)
        where T : nn.Module
    {
        T model = BuildOn(factory, device, out IReadOnlyList<Diagnostic> lost);
        return lost.Count == 0 ? model : throw new InitException(lost);
    }

    /// <summary>Builds a model for rules that are known, so that what is wrong with them is said beside what is lost.</summary>
    private static T BuildFor<T>(RuleSet rules, RandomSource source, Func<T> factory)
        where T : nn.Module
    {
        T model = BuildOn(factory, null, out IReadOnlyList<Diagnostic> lost);
        if (lost.Count > 0)
        {
            // Throws: what is lost is an error already.
            PlanCompiler.Compile(rules, new TorchModel(model, lost), source);
        }

        return model;
    }

    private static T BuildOn<T>(Func<T> factory, Device? device, out IReadOnlyList<Diagnostic> lost)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(factory);
        using MetaDefault meta = MetaDefault.Enter(device);
        T model;
        try
        {
            model = factory();
        }
        catch (ExternalException failure) when (failure.Message.Contains("meta", StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidOperationException(
                "A constructor needs the values of a tensor, or moves it to another device, and the tensor has no memory while "
                + "the model is built deferred. Name the device where the tensor is made, as in linspace(0, 1, n, device: CPU); "
                + "and give the device that the model is to lie on to Deferred.Build.",
                failure);
        }

        if (model is null)
        {
            throw new ArgumentException("The factory returned null.", nameof(factory));
        }

        lost = DeferredModel.TakeOver(model, meta.Target);
        return model;
    }
}
