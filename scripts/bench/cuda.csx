// Models on a GPU: built there and filled by rules, and built by TorchSharp and filled there by torch.nn.init. Values are
// drawn on the CPU, so that they are the same bits everywhere; that is what this measures. Loaded by bench.csx.

static class Cuda
{
    public static void Run(Scale scale, Answers answers)
    {
        Table.Title("On a GPU");
        if (!cuda.is_available())
        {
            Console.WriteLine("Skipped: torch sees no GPU here, or libtorch was built for the CPU alone.");
            return;
        }

        Table.Head("model", "measured");
        foreach ((string name, Gpt2Config full, int rounds) in new[]
        {
            ("GPT-2 small, 124M", Gpt2Config.Small, 5),
            ("GPT, 335M", new Gpt2Config(32000, 256, 24, 1024, 16), 5),
        })
        {
            Gpt2Config size = scale.Quick ? Gpt2Config.Tiny : full;
            RuleSet rules = Models.GptRules(size);
            using (Gpt2 model = new Gpt2(size).to(CUDA))
            {
                Plan plan = rules.Compile(model, seed: Models.Seed);
                double[][] filled = Measure.InTurns(
                    scale.Rounds(rounds), 1, Waited(() => Models.GptByHand(model, size.Layers)), Waited(() => plan.Apply()));
                bool filledRight = plan.Verify().Passed;
                Models.GptByHand(model, size.Layers);
                Table.Times(name, "fill", filled[1], filled[0], null, answers.Say(filledRight, plan.Verify().Passed));
            }

            // Verified once each, outside of what is timed.
            bool right = Right(rules, () => Ours(size, rules));
            bool theirsRight = Right(rules, () => ByHand(size));
            double[][] built = Measure.InTurns(
                scale.Rounds(rounds),
                1,
                Waited(() =>
                {
                    using Gpt2 model = ByHand(size);
                }),
                Waited(() =>
                {
                    using Gpt2 model = Ours(size, rules);
                }));
            Table.Times(name, "construct", built[1], built[0], null, answers.Say(right, theirsRight));
        }
    }

    private static Gpt2 Ours(Gpt2Config size, RuleSet rules)
    {
        Gpt2 model = Deferred.Build(() => new Gpt2(size), CUDA);
        model.Initialize(rules, seed: Models.Seed);
        return model;
    }

    private static Gpt2 ByHand(Gpt2Config size)
    {
        Gpt2 model = new Gpt2(size).to(CUDA);
        Models.GptByHand(model, size.Layers);
        return model;
    }

    private static bool Right(RuleSet rules, Func<Gpt2> build)
    {
        using Gpt2 model = build();
        return model.parameters().All(parameter => parameter.device_type == DeviceType.CUDA)
            && rules.Compile(model, seed: Models.Seed).Verify().Passed;
    }

    private static Action Waited(Action action) => () =>
    {
        action();
        cuda.synchronize();
    };
}
