namespace InitDsl.Tests;

public class ProgressTests
{
    private const int Million = 1 << 20;

    [Fact]
    public void A_small_model_is_told_of_once_when_it_is_done()
    {
        var listener = new Listener();
        All.Param("*", Normal()).Compile(TestModel.Of(TestModel.Linear("a", 20, 30), TestModel.Linear("b", 5, 20))).Tell(listener);
        Assert.Equal([new ApplyProgress("b.bias", 725, 725, 4, 4)], listener.Heard);
        Assert.Equal(1, listener.Heard[0].Fraction);
    }

    [Fact]
    public void A_plan_without_steps_is_done_at_once()
    {
        var listener = new Listener();
        Report report = RuleSet.Empty.Compile(TestModel.Of(TestModel.Linear("a", 2, 3))).Tell(listener);
        Assert.Empty(report.Entries);
        Assert.Equal([new ApplyProgress("", 0, 0, 0, 0)], listener.Heard);
        Assert.Equal(1, listener.Heard[0].Fraction);
    }

    [Fact]
    public void A_large_parameter_is_told_of_when_it_begins_and_while_it_is_written()
    {
        var listener = new Listener();
        All.Param("*", Uniform(0, 1)).Compile(new TestModel(TestModel.Tensor(new(7)), TestModel.Tensor(new(3 * Million), path: "large")))
            .Tell(listener, 1);
        const long all = (3 * Million) + 7;
        Assert.Equal(
            [
                new("large", 7, all, 1, 2),
                new("large", 7 + Million, all, 1, 2),
                new("large", 7 + (2 * Million), all, 1, 2),
                new("large", all, all, 1, 2),
                new ApplyProgress("large", all, all, 2, 2),
            ],
            listener.Heard);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void Reports_come_one_at_a_time_in_order_and_end_with_everything(int threads)
    {
        int inside = 0;
        int together = 0;
        var listener = new Listener(_ =>
        {
            together = Math.Max(together, Interlocked.Increment(ref inside));
            Interlocked.Decrement(ref inside);
        });
        Plan plan = All.Param("*", Uniform(0, 1)).Compile(ManyAndLarge());
        plan.Tell(listener, threads);
        Assert.Equal(1, together);
        Assert.InRange(listener.Heard.Count, 4, 16);
        Assert.All(listener.Heard.Zip(listener.Heard.Skip(1)), pair =>
        {
            Assert.True(pair.First.ValuesWritten <= pair.Second.ValuesWritten);
            Assert.True(pair.First.ParametersWritten <= pair.Second.ParametersWritten);
        });
        long all = plan.Steps.Sum(step => step.Shape.Elements);
        Assert.All(listener.Heard, report => Assert.Equal((all, plan.Steps.Count), (report.ValuesInAll, report.ParametersInAll)));
        Assert.Equal(new(plan.Steps[^1].Path, all, all, plan.Steps.Count, plan.Steps.Count), listener.Heard[^1]);
    }

    [Fact]
    public void Being_told_of_changes_no_value()
    {
        (TestModel silent, TestModel told) = (ManyAndLarge(), ManyAndLarge());
        Report expected = All.Param("*", Normal()).Compile(silent).Apply();
        Report report = All.Param("*", Normal()).Compile(told).Tell(new Listener());
        Assert.Equal(expected.Entries.Select(entry => entry.Found), report.Entries.Select(entry => entry.Found));
        Assert.All(silent.Stores, store => Assert.Equal(((MemoryStore)store).Bytes, told[store.Spec.Path].Bytes));
    }

    [Fact]
    public void PyTorchs_generator_is_told_of_a_parameter_a_time()
    {
        var model = new TestModel(TestModel.Tensor(new(Million)), TestModel.Tensor(new(5), path: "b"))
        {
            Generator = seed => new CountingGenerator(seed),
        };
        var listener = new Listener();
        PlanCompiler.Compile(All.Param("*", Normal()), model, RandomSource.Torch(1)).Tell(listener);
        Assert.Equal([0, Million, Million + 5], listener.Heard.Select(report => report.ValuesWritten));
        Assert.Equal([0, 1, 2], listener.Heard.Select(report => report.ParametersWritten));
    }

    [Fact]
    public void Several_listeners_hear_the_same()
    {
        (Listener one, Listener other) = (new(), new());
        IReadOnlyList<PlanStep> steps = All.Param("*", Zeros).Compile(ManyAndLarge()).Steps;
        PlanExecution.Write(new ApplyRun(steps, "Writing", "", [one, null, other]), null, 2);
        Assert.NotEmpty(one.Heard);
        Assert.Equal(one.Heard, other.Heard);
    }

    private static TestModel ManyAndLarge()
    {
        TestModel model = new(
        [
            .. Enumerable.Range(0, 50).Select(i => TestModel.Tensor(new(50, 50), path: $"small{i}")),
            TestModel.Tensor(new(2, Million), path: "large"),
            TestModel.Tensor(new(Million + 1), path: "odd"),
        ]);
        foreach (MemoryStore store in model.Stores.Cast<MemoryStore>())
        {
            store.AnyThread = true;
        }

        return model;
    }
}
