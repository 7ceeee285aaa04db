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
                Table.Times(name, "fill", filled[1], filled[0], null, answers.Say(plan.Verify().Passed, true));
            }

            bool right = true;
            double[][] built = Measure.InTurns(
                scale.Rounds(rounds),
                1,
                Waited(() =>
                {
                    using Gpt2 model = new Gpt2(size).to(CUDA);
                    Models.GptByHand(model, size.Layers);
                }),
                Waited(() =>
                {
                    using Gpt2 model = Deferred.Build(() => new Gpt2(size), CUDA);
                    model.Initialize(rules, seed: Models.Seed);
                    right &= model.parameters().All(parameter => parameter.device_type == DeviceType.CUDA);
                }));
            Table.Times(name, "construct", built[1], built[0], null, answers.Say(right, true));
        }
    }

    private static Action Waited(Action action) => () =>
    {
        action();
        cuda.synchronize();
    };
}
