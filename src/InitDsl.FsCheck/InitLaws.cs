using TorchSharp;
using static TorchSharp.torch;

namespace InitDsl;

/// <summary>
/// The properties of an initialization as ready checks, under any test framework or none. <c>Check…</c> throws an
/// <see cref="InitLawException"/> that lists what does not hold, each with its repro; <c>Examine…</c> returns the same report without
/// throwing.
/// </summary>
/// <remarks>
/// <para>
/// What is found with which probability is said at <see cref="InitLawOptions"/>. Torch's global generator is
/// left in the state that it had.
/// </para>
/// <para>
/// That generator belongs to the process. One check holds it at a time, but other tests that draw from it meanwhile disturb a
/// <see cref="CheckFill(Action{Tensor}, Init, InitLawOptions)"/> and a <see cref="CheckConstructor{T}"/>: where tests run in parallel
/// put both into one collection (xunit's <c>[Collection("torch")]</c>), or check the fill by <see cref="CheckSeededFill"/>.
/// </para>
/// </remarks>
public static class InitLaws
{
    /// <summary>
    /// Holds an initializer against its properties, on the layers of TorchSharp that take it: linear, convolution and its
    /// transpose, embedding, RNN, LSTM (their weights where it takes any, else biases and norms).
    /// </summary>
    /// <param name="init">An initializer: a word, a composition, or your own <see cref="Dsl.From"/>.</param>
    /// <param name="options">How to ask; <see cref="InitLawOptions.Default"/> without.</param>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    /// <exception cref="InitException">No layer takes the initializer: ask it on your own by <see cref="CheckModel{T}"/>.</exception>
    public static InitLawReport Check(Init init, InitLawOptions? options = null) => Examination.OrThrow(Examine(init, options));

    /// <summary><see cref="Check"/> without an exception.</summary>
    /// <param name="init">An initializer.</param>
    /// <param name="options">How to ask.</param>
    /// <returns>What was asked and found.</returns>
    /// <exception cref="InitException">No layer takes the initializer.</exception>
    public static InitLawReport Examine(Init init, InitLawOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(init);
        return Examination.Of(new InitSubject(init, options ?? InitLawOptions.Default), options);
    }

    /// <summary>Holds a rule set against its properties, on a model.</summary>
    /// <param name="factory">Makes the model, anew at each call.</param>
    /// <param name="rules">The rules. Parameters that none of them matches are not looked at.</param>
    /// <param name="options">How to ask; with <see cref="InitLawOptions.Input"/> variance through the model is measured too.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    /// <exception cref="InitException">The rules do not compile for this model.</exception>
    public static InitLawReport CheckModel<T>(Func<T> factory, RuleSet rules, InitLawOptions? options = null)
        where T : nn.Module => Examination.OrThrow(ExamineModel(factory, rules, options));

    /// <summary><see cref="CheckModel{T}"/> without an exception.</summary>
    /// <param name="factory">Makes the model, anew at each call.</param>
    /// <param name="rules">The rules.</param>
    /// <param name="options">How to ask.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>What was asked and found.</returns>
    /// <exception cref="InitException">The rules do not compile for this model.</exception>
    public static InitLawReport ExamineModel<T>(Func<T> factory, RuleSet rules, InitLawOptions? options = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(rules);
        return Examination.Of(new ModelSubject(factory, rules, options ?? InitLawOptions.Default), options);
    }

    /// <summary>
    /// Holds what a constructor leaves in a model's parameters against what rules promise; the constructor may run
    /// initialization code of your own. Its values must depend on <c>torch.manual_seed</c> alone.
    /// </summary>
    /// <param name="factory">Makes the model, anew at each call.</param>
    /// <param name="promised">
    /// The laws that its parameters should follow, as <see cref="Presets.TorchDefault"/>; they are never applied.
    /// Parameters that no rule matches are not looked at.
    /// </param>
    /// <param name="options">How to ask.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    /// <exception cref="InitException">The rules do not compile for this model.</exception>
    public static InitLawReport CheckConstructor<T>(Func<T> factory, RuleSet promised, InitLawOptions? options = null)
        where T : nn.Module => Examination.OrThrow(ExamineConstructor(factory, promised, options));

    /// <summary><see cref="CheckConstructor{T}"/> without an exception.</summary>
    /// <param name="factory">Makes the model, anew at each call.</param>
    /// <param name="promised">The laws that its parameters should follow.</param>
    /// <param name="options">How to ask.</param>
    /// <typeparam name="T">The model.</typeparam>
    /// <returns>What was asked and found.</returns>
    /// <exception cref="InitException">The rules do not compile for this model.</exception>
    public static InitLawReport ExamineConstructor<T>(Func<T> factory, RuleSet promised, InitLawOptions? options = null)
        where T : nn.Module
    {
        ArgumentNullException.ThrowIfNull(factory);
        ArgumentNullException.ThrowIfNull(promised);
        return Examination.Of(new ConstructorSubject(factory, promised), options);
    }

    /// <summary>
    /// Holds code that fills a float32 tensor in place, as <c>t => init.xavier_uniform_(t)</c>, against the law that it promises.
    /// It must write every element, and its values depend on <c>torch.manual_seed</c> alone.
    /// </summary>
    /// <param name="fill">Fills the tensor; called with gradients off.</param>
    /// <param name="promised">The law, by its word; axes are taken as PyTorch's, [out, in, receptive field…].</param>
    /// <param name="options">How to ask; <see cref="InitLawOptions.Shape"/> is the tensor's shape.</param>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    /// <exception cref="InitException">The promised law does not apply to the shape.</exception>
    public static InitLawReport CheckFill(Action<Tensor> fill, Init promised, InitLawOptions? options = null) =>
        Examination.OrThrow(ExamineFill(fill, promised, options));

    /// <summary>The same for a law that no word says.</summary>
    /// <param name="fill">Fills the tensor; called with gradients off.</param>
    /// <param name="promised">The law.</param>
    /// <param name="options">How to ask; <see cref="InitLawOptions.Shape"/> is the tensor's shape.</param>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    public static InitLawReport CheckFill(Action<Tensor> fill, StatedLaw promised, InitLawOptions? options = null) =>
        Examination.OrThrow(ExamineFill(fill, promised, options));

    /// <summary><see cref="CheckFill(Action{Tensor}, Init, InitLawOptions)"/> without an exception.</summary>
    /// <param name="fill">Fills the tensor.</param>
    /// <param name="promised">The law.</param>
    /// <param name="options">How to ask.</param>
    /// <returns>What was asked and found.</returns>
    /// <exception cref="InitException">The promised law does not apply to the shape.</exception>
    public static InitLawReport ExamineFill(Action<Tensor> fill, Init promised, InitLawOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(promised);
        return Fill(fill, Resolved(promised), promised.ToString(), options);
    }

    /// <summary><see cref="CheckFill(Action{Tensor}, StatedLaw, InitLawOptions)"/> without an exception.</summary>
    /// <param name="fill">Fills the tensor.</param>
    /// <param name="promised">The law.</param>
    /// <param name="options">How to ask.</param>
    /// <returns>What was asked and found.</returns>
    public static InitLawReport ExamineFill(Action<Tensor> fill, StatedLaw promised, InitLawOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(promised);
        return Fill(fill, _ => promised.Law, promised.ToString(), options);
    }

    /// <summary>
    /// Holds code that fills a tensor from a generator, as <c>(t, g) => init.normal_(t, 0, 1, g)</c>, against the law that it
    /// promises. Its values must depend on the generator alone: torch's global one has another state at each call.
    /// </summary>
    /// <param name="fill">Fills the tensor; called with gradients off.</param>
    /// <param name="promised">The law, by its word.</param>
    /// <param name="options">How to ask.</param>
    /// <returns>What was asked; everything holds.</returns>
    /// <exception cref="InitLawException">Some property does not hold.</exception>
    /// <exception cref="InitException">The promised law does not apply to the shape.</exception>
    public static InitLawReport CheckSeededFill(Action<Tensor, Generator> fill, Init promised, InitLawOptions? options = null) =>
        Examination.OrThrow(ExamineSeededFill(fill, promised, options));

    /// <summary><see cref="CheckSeededFill"/> without an exception.</summary>
    /// <param name="fill">Fills the tensor.</param>
    /// <param name="promised">The law.</param>
    /// <param name="options">How to ask.</param>
    /// <returns>What was asked and found.</returns>
    /// <exception cref="InitException">The promised law does not apply to the shape.</exception>
    public static InitLawReport ExamineSeededFill(Action<Tensor, Generator> fill, Init promised, InitLawOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(fill);
        ArgumentNullException.ThrowIfNull(promised);
        long calls = 0;
        void WithGlobal(Tensor tensor, long seed, long global)
        {
            GlobalGenerator.Seed(global);
            using var generator = new Generator(unchecked((ulong)seed), CPU);
            fill(tensor, generator);
        }

        var subject = new FillSubject(
            (tensor, seed) => WithGlobal(tensor, seed, ++calls),
            Resolved(promised),
            promised.ToString(),
            options ?? InitLawOptions.Default,
            (tensor, seed) => WithGlobal(tensor, seed, global: 0));
        return Examination.Of(subject, options);
    }

    private static InitLawReport Fill(Action<Tensor> fill, Func<ParamSpec, Law> promised, string promise, InitLawOptions? options)
    {
        ArgumentNullException.ThrowIfNull(fill);
        return Examination.Of(
            new FillSubject((tensor, _) => fill(tensor), promised, promise, options ?? InitLawOptions.Default),
            options);
    }

    private static Func<ParamSpec, Law> Resolved(Init promised) => spec =>
        PlanCompiler.Compile(Dsl.All.Param("*", promised), new MemoryModel([new(spec)]), RandomSource.Philox(0)).Steps[0].Law;
}
