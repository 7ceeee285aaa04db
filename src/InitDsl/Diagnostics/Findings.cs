namespace InitDsl;

/// <summary>The one place where the texts of diagnostics are made.</summary>
internal static class Findings
{
    private const int Examples = 4;

    /// <summary>Information that a report shows too: it says what else was done to the model.</summary>
    internal const string BuiltOrdinarilyCode = "INIT203";

    /// <summary>The same for values that did not come as they are in a file.</summary>
    internal const string RoundedFromFileCode = "INIT204";

    /// <summary>Why nothing can match.</summary>
    internal static string NoParameters(string shows) => $"The model shows no parameters at all; {shows}.";

    internal static Diagnostic LawCannotApply(ParamSpec spec, string rule, Problem problem) =>
        Error(problem.OfFunction ? "INIT009" : "INIT001", spec.Path, $"{Place(spec)}: {problem.What} Rule: {rule}. {problem.Instead}");

    internal static Diagnostic LawCannotApply(IReadOnlyList<ParamSpec> specs, string rule, SharedProblem problem) =>
        Error("INIT001", null, $"{problem.What(specs)} Rule: {rule}. {problem.Instead}");

    internal static Diagnostic TiedConflict(ParamSpec spec, string first, ParamSpec alias, string second) =>
        Error(
            "INIT002",
            spec.Path,
            $"{Place(spec)}: this parameter is shared with {alias.Path}, and the two names get different rules: "
            + $"{first} here, {second} there. Give both the same, or add a last rule that matches both.");

    internal static Diagnostic ParametersVanished(string modulePath, string moduleType, string names) =>
        Error(
            "INIT003",
            modulePath,
            $"{Module(modulePath, moduleType)}: its parameters have vanished ({names}): their memory has been "
            + "disposed. Either the module was built inside a DisposeScope that has ended: build the model outside the "
            + "scope, or call DetachFromDisposeScope() on the module before the scope ends. Or the parameter was shared, "
            + "and assigning another one to the module it is shared with disposed it: make new modules share it instead.");

    internal static Diagnostic NeverInitialised(ParamSpec spec) =>
        Error(
            "INIT004",
            spec.Path,
            $"{Place(spec)}: {TypeOf(spec)} leaves this memory uninitialised and no rule covers it. "
            + $"Write When<{TypeOf(spec)}>().Weight(Ones).Bias(Zeros), or Keep() if you have filled it yourself.");

    internal static Diagnostic NotWritable(ParamSpec spec, string why) =>
        Error("INIT005", spec.Path, $"{Place(spec)}: {why}");

    internal static Diagnostic SharedStream(ParamSpec spec, ParamSpec other, string stream) =>
        Error(
            "INIT006",
            spec.Path,
            $"{Place(spec)}: it would draw the same values as {Place(other)}, since both have the stream "
            + $"\"{stream}\". Give one of them another name, or its rule another StreamAs(…).");

    internal static Diagnostic ModuleGraph(string modulePath, string moduleType, string why) =>
        Error("INIT007", modulePath, $"{Module(modulePath, moduleType)}: {why}");

    internal static Diagnostic SamePath(ParamSpec spec, ParamSpec other) =>
        Error(
            "INIT007",
            spec.Path,
            $"{Place(spec)}: {Place(other)} has the same path, by which rules, files and random streams know a parameter. "
            + "Give one of the modules around them another name.");

    internal static Diagnostic NoTorchCounterpart(ParamSpec spec, string rule, string why) =>
        Error(
            "INIT008",
            spec.Path,
            $"{Place(spec)}: {why} Rule: {rule}. Use RandomSource.Philox(seed), or write a law that torch.nn.init has.");

    internal static Diagnostic PredicateFailed(ParamSpec spec, Rule rule, Exception failure) =>
        Error(
            "INIT009",
            spec.Path,
            $"{Place(spec)}: the function given to {rule.Selector.UserWord} failed with {TypeOf(failure)}: {Sentence(failure)} "
            + $"Rule: {rule.Shown}. Mend the function; p.HasFans and p.Shape.Rank tell what a parameter has.");

    internal static Diagnostic NothingFills(ParamSpec spec, string? keep) =>
        Error(
            "INIT010",
            spec.Path,
            $"{Place(spec)}: the model was built deferred, so this parameter has no values yet, and "
            + (keep is null ? "no rule covers it. " : $"{keep} keeps it without. ")
            + (spec.Rows is not null
                ? $"Write a rule for all rows before those for some: When<{TypeOf(spec)}>().Param(\"{spec.QualifiedName}\", …)."
                : spec.Kind == LayerKind.Other
                ? $"Write When<{TypeOf(spec)}>().Param(\"{spec.QualifiedName}\", …)."
                : $"Write When<{TypeOf(spec)}>().Param(\"{spec.QualifiedName}\", TorchDefault), or another law."));

    internal static Diagnostic ValuesLost(string path, string moduleType, Shape shape) =>
        Error(
            "INIT011",
            path,
            $"{path} {shape} of {moduleType}: the model was built deferred, and the values that the constructor gave this "
            + "tensor are lost. Name the device where it is made, as in ones(…, device: CPU) or arange(…, device: CPU); "
            + "or register it as a parameter, so that rules can fill it.");

    internal static Diagnostic TieUnknown(string path, string moduleType, Shape shape, string type, string partner) =>
        Error(
            "INIT012",
            path,
            $"{path} {shape} of {moduleType}: the model was built deferred and is {type} already, and whether this table is tied to "
            + $"{partner}, which has its shape, cannot be seen any more. Convert the model when it is built, as in "
            + $"Deferred.Build(…).to({type}); or, where the two are not tied, make the table with Deferred.Embedding(…, dtype: {type}).");

    internal static Diagnostic WeightFile(WeightFileException problem, string rule) =>
        Error("INIT013", null, $"{problem.Message} Rule: {rule}.");

    internal static Diagnostic MissingInFile(ParamSpec spec, string rule) =>
        Error(
            "INIT014",
            spec.Path,
            $"{Place(spec)}: the file has no tensor of this name. Rule: {rule}. Give it a map from the file's names to the "
            + "model's; or write partial: true, which leaves it to the rules before, or a rule for it after this one.");

    internal static Diagnostic MappedTogether(string first, string second, string name, string rule) =>
        Error(
            "INIT015",
            null,
            $"the map takes {Code.Quote(first)} and {Code.Quote(second)} of the file both to {Code.Quote(name)}. Rule: {rule}. "
            + "Let it return null for one of them.");

    internal static Diagnostic MapFailed(string name, string rule, Exception failure) =>
        Error(
            "INIT009",
            null,
            $"the function given to map failed with {failure.GetType().Name} for {Code.Quote(name)} of the file: {Sentence(failure)} "
            + $"Rule: {rule}. Mend the function; null leaves a tensor out.");

    internal static Diagnostic NothingToCalibrate(string model) =>
        Error(
            "INIT016",
            null,
            $"{model} has no linear or convolutional layer that is to be calibrated. Give Calibrate.Lsuv a model that has, or other layers.");

    internal static Diagnostic CannotCalibrate(ParamSpec spec, string why, string instead) =>
        Error("INIT016", spec.Path, $"{Place(spec)}: {why} {instead}, with layers: !Named({Code.Quote(spec.ModulePath)}).");

    internal static Diagnostic InputDoesNotFit(ParamSpec spec, string input, string? batch, string why) =>
        Error(
            "INIT016",
            spec.Path,
            $"{Place(spec)}: it cannot compute its output for the input {input}: {why}. "
            + (batch is null || batch == input ? "" : $"The batch is {batch}. ")
            + $"Give Calibrate a batch such as the model is trained on, of whose shape and dtype ({spec.DType}) this weight can make outputs.");

    internal static Diagnostic TiedInFile(ParamSpec spec, FileTensor first, ParamSpec alias, FileTensor second, string rule) =>
        Error(
            "INIT002",
            spec.Path,
            $"{Place(spec)}: this parameter is shared with {alias.Path}, and the file has different values for the two names: "
            + $"{first.Text}, {second.Text}. Rule: {rule}. Let map return null for one of them, or give the model two parameters.");

    internal static Diagnostic UnusedInFile(IReadOnlyList<string> names, int all, string rule) =>
        Warning(
            "INIT108",
            null,
            $"{names.Count} of {all} tensors of the file match nothing in the model: "
            + string.Join(", ", names.Take(6)) + (names.Count > 6 ? ", …" : "")
            + $". Rule: {rule}. Give it a map from the file's names to the model's; null leaves a tensor out.");

    internal static Diagnostic RoundedFromFile(IReadOnlyList<(string Path, long Values)> rounded, DType stored, DType target, string rule) =>
        new(
            RoundedFromFileCode,
            Severity.Info,
            null,
            $"{Numbers.Count(rounded.Sum(parameter => parameter.Values))} values of {rounded.Count} {(rounded.Count == 1 ? "parameter" : "parameters")} are rounded "
            + $"from the file's {stored} to {target}: {string.Join(", ", rounded.Take(4).Select(parameter => parameter.Path))}"
            + (rounded.Count > 4 ? ", …" : "") + $". Rule: {rule}.");

    internal static Diagnostic UnknownType(ModuleTypeName name, string? near, IReadOnlyList<string> used) =>
        Error(
            "INIT017",
            null,
            $"{name.Name} is no type of modules that this model or its library has.{(near is null ? "" : $" Did you mean {near}?")} "
            + $"The model is made of {(used.Count == 0 ? "no modules with parameters" : string.Join(", ", used.Take(8)) + (used.Count > 8 ? ", …" : ""))}.{In(name.Place)}") with { Place = name.Place };

    internal static Diagnostic AmbiguousType(ModuleTypeName name, IReadOnlyList<string> meant) =>
        Error("INIT018", null, $"{name.Name} means several types of modules: write one of {string.Join(", ", meant)}.{In(name.Place)}") with { Place = name.Place };

    internal static Diagnostic MatchesNothing(string rule, string? hint) =>
        Warning("INIT101", null, $"{rule} matches no parameter.{(hint is null ? "" : " " + hint)}");

    internal static Diagnostic PresetMatchesNothing(string preset, IReadOnlyList<string> selectors, IReadOnlyList<string> types, string shows) =>
        Warning(
            "INIT109",
            null,
            $"{preset} matches no parameter. " + (types.Count == 0
                ? NoParameters(shows)
                : $"It is about {Some(selectors)}; the model has parameters in {Some(types)}. Write the preset of such a model, or rules of your own."));

    internal static Diagnostic PresetNamesNothing(string rule) =>
        Warning(
            "INIT109",
            null,
            $"{rule} goes by names that this model does not have, and matches no parameter. Add the same rule with the model's own names.");

    internal static Diagnostic PresetLeavesAlone(string preset, IReadOnlyList<ParamSpec> left, IReadOnlyList<string> types, bool layers, ParamSpec? own) =>
        Warning(
            "INIT109",
            null,
            $"{preset} has no rule for {left.Count} {(left.Count == 1 ? "parameter" : "parameters")} of {Some(types)}, nor has any other: "
            + $"{Some([.. left.Select(spec => spec.Path)])}. Write "
            + string.Join("; ", LeftToPreset(preset, layers, own)) + ".");

    private static IEnumerable<string> LeftToPreset(string preset, bool layers, ParamSpec? own)
    {
        if (layers)
        {
            yield return $"Presets.TorchDefault + {preset}, for PyTorch's defaults beneath it";
        }

        if (own is not null)
        {
            yield return $"{preset} + When<{TypeOf(own)}>().Param({Code.Quote(own.QualifiedName)}, …), for parameters of your own modules";
        }

        yield return $"All.Keep() + {preset}, where they are to stay as they are";
    }

    internal static Diagnostic Shadowed(string rule, IReadOnlyCollection<string> winners) =>
        Warning(
            "INIT102",
            null,
            $"{rule} has no effect: later rules win every parameter it matches ({string.Join("; ", winners)}). "
            + "General rules come first, exceptions after.");

    internal static Diagnostic ShadowedInRule(string word, string rule) =>
        Warning("INIT102", null, $"{word} of {rule} has no effect: later words of the same rule win what it is about.");

    internal static Diagnostic Symmetric(ParamSpec spec, string rule, Law law) =>
        Warning(
            "INIT103",
            spec.Path,
            $"{Place(spec)}: every weight is {Numbers.Six(law.Mean)}, so all units of the layer compute the same and get "
            + $"the same gradient. Rule: {rule}. "
            + (law.Mean == 0
                ? "Zeros is right for the last layer of a residual branch or a head: single it out, as with Named or LastIn; elsewhere write a random law."
                : "Write a random law, as Kaiming or Xavier."));

    internal static Diagnostic GainMismatch(ParamSpec spec, string rule, double gain, double factor, Activation follows) =>
        Warning(
            "INIT104",
            spec.Path,
            $"{Place(spec)}: {follows.Name} follows, whose gain is {Numbers.Six(follows.Gain)}, but the weights have gain "
            + $"{Numbers.Six(gain)}: the variance is multiplied by {Numbers.Six(factor)} "
            + $"at this layer. Rule: {rule}. Write "
            + (AutoChoice.For(follows).EffectiveGain is { } fitting && fitting != follows.Gain
                ? $"Kaiming.For({follows}), or {AutoChoice.For(follows)} with gain {Numbers.Six(fitting)}, as its authors start such networks."
                : $"{AutoChoice.For(follows)}."));

    internal static Diagnostic StartsAlike(ParamSpec spec, int count) =>
        Warning(
            "INIT105",
            spec.Path,
            $"{Place(spec)}: {TypeOf(spec)} starts its layers with the same values, and no rule covers "
            + (count == 1 ? "this parameter. " : $"this parameter and {count - 1} others like it. ")
            + $"Write When<{TypeOf(spec)}>().Param(\"*\", TorchDefault).");

    internal static Diagnostic PaddingDrawn(ParamSpec spec, string rule) =>
        Warning(
            "INIT106",
            spec.Path,
            $"{Place(spec)}: row {spec.PaddingIndex + (spec.Rows?.First ?? 0)} is the padding entry, zero now, and is drawn like the others. It gets "
            + $"no gradient and stays so. Rule: {rule}. Write .ZeroPaddingRow() after the initializer, or TorchDefault.");

    internal static Diagnostic KeptUninitialised(ParamSpec spec, string rule) =>
        Warning(
            "INIT107",
            spec.Path,
            $"{Place(spec)}: {TypeOf(spec)} leaves this memory uninitialised, and {rule} keeps it so, unless you have filled it yourself. "
            + $"Write When<{TypeOf(spec)}>().Weight(Ones).Bias(Zeros).");

    internal static Diagnostic AutoSawNothing(IReadOnlyList<string> paths) =>
        new(
            "INIT202",
            Severity.Info,
            null,
            $"Auto sees no activation after {(paths.Count == 1 ? "this layer" : $"these {paths.Count} layers")} and takes the linear gain, 1: "
            + Some(paths) + ". What forward does cannot be read: where one follows, write it, as Auto.For(Activation.ReLU).");

    internal static Diagnostic LeftAlone(int parameters, IReadOnlyList<string> examples) =>
        new(
            "INIT201",
            Severity.Info,
            null,
            $"{parameters} {(parameters == 1 ? "parameter is" : "parameters are")} matched by no rule and left alone: "
            + string.Join(", ", examples) + (parameters > examples.Count ? ", …" : "") + ".");

    internal static Diagnostic BuiltOrdinarily(IReadOnlyList<string> modules) =>
        new(
            BuiltOrdinarilyCode,
            Severity.Info,
            null,
            $"{modules.Count} {(modules.Count == 1 ? "module was" : "modules were")} built the ordinary way, since TorchSharp "
            + $"makes {(modules.Count == 1 ? "its" : "their")} parameters in native code: {string.Join(", ", modules)}.");

    /// <summary>The name of an exception's type, as users know it.</summary>
    private static string TypeOf(Exception failure) =>
        failure is ParameterMismatchException ? nameof(InvalidOperationException) : failure.GetType().Name;

    /// <summary>An exception's message, ended with a full stop.</summary>
    internal static string Sentence(Exception failure) => failure.Message.TrimEnd('.') + ".";

    private static string Some(IReadOnlyList<string> all) =>
        string.Join(", ", all.Take(Examples)) + (all.Count > Examples ? ", …" : "");

    private static string In(TextPlace? place) => place is null ? "" : $" It stands at {place}.";

    private static string Place(ParamSpec spec) =>
        spec.ModuleType is null ? spec.ToString() : $"{spec} of {TypeOf(spec)}";

    private static string TypeOf(ParamSpec spec) => spec.ModuleType is { } type ? Code.TypeName(type) : "Tensor";

    private static string Module(string path, string type) => path.Length == 0 ? $"the root {type}" : $"{path} ({type})";

    private static Diagnostic Error(string code, string? path, string message) => new(code, Severity.Error, path, message);

    private static Diagnostic Warning(string code, string? path, string message) =>
        new(code, Severity.Warning, path, message);
}
