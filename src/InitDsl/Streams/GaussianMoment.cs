namespace InitDsl;

/// <summary>
/// E[f(z)²] for a standard normal z, by adaptive Gauss–Legendre quadrature: the panel whose error is largest is
/// halved until their sum is below 10⁻¹⁴ of the whole. Kinks and jumps need no hint; those at whole numbers, as the 0
/// of rectifiers, lie between panels from the start.
/// </summary>
internal static class GaussianMoment
{
    /// <summary>Beyond this the density is below 10⁻³¹³: what f is there no longer counts.</summary>
    private const int Reach = 38;

    private const int MostPanels = 4000;

    /// <summary>
    /// What is to be reached, and what will do: a function computed in single precision is rough at 10⁻⁷.
    /// </summary>
    private const double Wanted = 1e-14;
    private const double Enough = 1e-6;

    /// <summary>The second moment, or the reason why there is none as the end of a sentence about f.</summary>
    internal static (double Value, string? WhyNot) Square(Func<double, double> f)
    {
        string? whyNot = null;

        // Each factor on its own stays within the range of doubles where f² alone would not.
        double Weighted(double z)
        {
            double value = f(z);
            if (!double.IsFinite(value))
            {
                whyNot ??= $"is {Numbers.Short(value)} at {Numbers.Six(z)}";
            }

            double root = value * Math.Sqrt(StandardNormal.Density(z));
            return root * root;
        }

        // Of panels as rough as each other, as those of an even function, the left one first: a queue promises no order of its own.
        var panels = new PriorityQueue<Panel, (double NegativeError, double Left)>();
        double sum = 0;
        double error = 0;
        double edges = 0;
        for (int left = -Reach; left < Reach && whyNot is null; left++)
        {
            Panel panel = Panel.Of(Weighted, left, left + 1);
            edges += left is -Reach or Reach - 1 ? panel.Value : 0;
            Put(panel);
        }

        while (whyNot is null && error > Wanted * sum && panels.Count < MostPanels)
        {
            Panel worst = panels.Dequeue();
            sum -= worst.Value;
            error -= worst.Error;
            double centre = (worst.Left + worst.Right) / 2;
            Put(Panel.Of(Weighted, worst.Left, centre));
            Put(Panel.Of(Weighted, centre, worst.Right));
        }

        if (whyNot is not null)
        {
            return (double.NaN, whyNot);
        }

        // From left to right, so that the order of the halvings leaves no trace; the differences above have rounded.
        Panel[] ordered = [.. panels.UnorderedItems.Select(item => item.Element).OrderBy(panel => panel.Left)];
        double total = ordered.Sum(panel => panel.Value);
        return !double.IsFinite(total) || edges > Wanted * total ? (double.NaN, "grows so fast that E[f(z)²] is infinite")
            : total == 0 ? (double.NaN, "is 0 wherever z ~ N(0, 1) may fall")
            : ordered.Sum(panel => panel.Error) > Enough * total ? (double.NaN, "is too rough to be integrated")
            : (total, null);

        void Put(Panel panel)
        {
            sum += panel.Value;
            error += panel.Error;
            panels.Enqueue(panel, (-panel.Error, panel.Left));
        }
    }

    /// <param name="Left">Where it begins.</param>
    /// <param name="Right">Where it ends.</param>
    /// <param name="Value">The integral over its two halves.</param>
    /// <param name="Error">How far the integral in one piece is from that.</param>
    private readonly record struct Panel(double Left, double Right, double Value, double Error)
    {
        internal static Panel Of(Func<double, double> f, double left, double right)
        {
            double coarse = GaussLegendre.Integrate(f, left, right, 1);
            double fine = GaussLegendre.Integrate(f, left, right, 2);
            return new(left, right, fine, Math.Abs(fine - coarse));
        }
    }
}
