namespace InitDsl.Tests;

/// <summary>Rules made of every word that text has, at random.</summary>
internal static class RuleTexts
{
    private static readonly Type[] ModuleTypes = [typeof(FakeModule), typeof(FakeLinear), typeof(FakeConv), typeof(FakeNorm), typeof(FakeLstm)];
    private static readonly double[] Doubles = [0, 1, 0.5, 2, 1.0 / 3, -0.25, 0.01, 30, 1e-3, 0.02 / Math.Sqrt(24), double.PositiveInfinity, 1e-17, 1e-320, 1e300];
    private static readonly string[] Texts = ["fc", "*", "h.*.fc?", "{fc,conv}", "weight*", "", "say \"ä\\\u0007\"", "[!a]*", "nul\0", "\u001b[31m"];

    internal static Arbitrary<RuleSet> Any =>
        Gen.Choose(0, int.MaxValue).Select(seed => new Maker(new(seed)).Rules()).ToArbitrary();

    /// <summary>Rule sets that are the same in each run, in which every form of every word is said.</summary>
    internal static IReadOnlyList<RuleSet> EveryWord()
    {
        var said = new HashSet<WordForm>();
        var sets = new List<RuleSet>();
        for (int seed = 0; seed < 5000 && said.Count < Forms.Count; seed++)
        {
            var maker = new Maker(new(seed));
            RuleSet rules = maker.Rules();
            if (!said.IsSupersetOf(maker.Said))
            {
                said.UnionWith(maker.Said);
                sets.Add(rules);
            }
        }

        Assert.Empty(Forms.Except(said).Select(form => $"{form.Name}({string.Join(", ", form.Parameters.Select(parameter => parameter.Name))})"));
        return sets;
    }

    /// <summary>Every form of every word.</summary>
    internal static HashSet<WordForm> Forms { get; } =
    [
        .. new[] { typeof(Init), typeof(Selector), typeof(RowSlice), typeof(Rule) }
            .Select(Vocabulary.After)
            .Append(Vocabulary.First)
            .Append(Vocabulary.Activations)
            .SelectMany(words => words.Values)
            .SelectMany(word => word.Forms),
    ];

    /// <summary>Layers for rules to be about.</summary>
    internal static TestModel Model(bool reversed = false)
    {
        MemoryStore[][] layers =
        [
            TestModel.Linear("fc", 12, 8), TestModel.Linear("h.0.fc1", 4, 4), TestModel.Conv("conv", new(8, 4, 3, 3)), TestModel.Norm("norm", 8), TestModel.Lstm("rnn", 4, 8),
        ];
        return TestModel.Of(reversed ? [.. layers.Reverse()] : layers);
    }

    private sealed class Maker(Random random)
    {
        /// <summary>The forms that are somewhere in what was made.</summary>
        internal List<WordForm> Said { get; } = [];

        internal RuleSet Rules() => RuleSet.Of(Enumerable.Range(0, random.Next(5)).Select(_ => Rule()));

        private Rule Rule()
        {
            object? begun = random.Next(20) == 0 ? Say(Pick([.. Vocabulary.Beginning(typeof(Rule))]), null, 2) : null;
            object said = begun ?? Chain(typeof(Selector), 2);
            Type state = begun is null ? typeof(Selector) : typeof(Rule);
            for (int words = begun is null ? random.Next(1, 4) : random.Next(2); words > 0 || said is not InitDsl.Rule;)
            {
                IEnumerable<Word> next = Vocabulary.After(state).Values.Where(word => word.Result != typeof(Selector));
                if (Say(Pick([.. next]), said, 2) is { } more)
                {
                    (said, state) = (more, more is InitDsl.Rule ? typeof(Rule) : typeof(RowSlice));
                    words--;
                }
            }

            return (Rule)said;
        }

        private object Chain(Type part, int depth)
        {
            object? said = null;
            while (said is null)
            {
                said = Say(Pick([.. Vocabulary.Beginning(part)]), null, depth);
            }

            for (int words = random.Next(3); words > 0; words--)
            {
                said = Say(Pick([.. Vocabulary.After(part).Values.Where(word => word.Result == part)]), said, depth) ?? said;
            }

            return said;
        }

        /// <summary>Null where the arguments do not fit.</summary>
        private object? Say(Word word, object? before, int depth)
        {
            WordForm form = Pick([.. word.Forms]);
            if (depth == 0 && form.Parameters.Any(parameter => parameter.Type == typeof(Init) || parameter.Type == typeof(Selector)))
            {
                return null;
            }

            int count = Said.Count;
            try
            {
                object said = form.Say(before, [.. form.Parameters.Select(parameter => Argument(parameter.Type, depth - 1))]);
                Said.Add(form);
                return said;
            }
            catch (Exception refused) when (refused is ArgumentException or InvalidOperationException)
            {
                Said.RemoveRange(count, Said.Count - count);
                return null;
            }
        }

        private object Argument(Type type, int depth)
        {
            if (type == typeof(Init) || type == typeof(Selector))
            {
                return Chain(type, Math.Max(0, depth));
            }

            if (type == typeof(Activation))
            {
                object? said = null;
                while (said is null)
                {
                    said = Say(Pick([.. Vocabulary.Activations.Values]), null, 1);
                }

                return said;
            }

            return type == typeof(double) ? Pick(Doubles)
                : type == typeof(bool) ? random.Next(2) == 0
                : type == typeof(long) ? random.Next(20) == 0 ? long.MaxValue : random.Next(1, 5)
                : type == typeof(string) ? Pick(Texts)
                : type == typeof(Range) ? Pick<Range>([0..2, ^2.., 1..^1])
                : type == typeof(object) ? Pick<object>([new double[] { 1, 0, 1, 0 }, new[,] { { 1.0, 0 }, { 0, 1 } }, new double[0, 3], new float[] { 0.1f }])
                : type == typeof(ModuleTypeName) ? ModuleTypeName.Of(Pick(ModuleTypes))
                : type == typeof(IReadOnlyList<ModuleTypeName>) ? Enumerable.Range(0, random.Next(1, 3)).Select(_ => ModuleTypeName.Of(Pick(ModuleTypes))).ToArray()
                : Pick([.. Enum.GetValues(type).Cast<object>()]);
        }

        private T Pick<T>(T[] from) => from[random.Next(from.Length)];
    }
}
