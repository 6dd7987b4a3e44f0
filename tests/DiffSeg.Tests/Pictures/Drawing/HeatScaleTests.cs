using DiffSeg.Pictures;
using DiffSeg.Pictures.Drawing;
using Sight = DiffSeg.Tests.Pictures.ColourSight;

namespace DiffSeg.Tests.Pictures.Drawing;

public class HeatScaleTests
{
    private const int Steps = 32;

    // (lightness, chroma, hue) in Oklab: the formula that the scale's remarks state.
    private static readonly (double L, double A, double B)[] Controls =
        [Control(0.20, 0.07, 275), Control(0.40, 0.25, 305), Control(0.58, 0.24, 15), Control(0.76, 0.17, 62), Control(0.965, 0.10, 105)];

    [Fact]
    public void The_colours_are_those_of_the_stated_curve()
    {
        const int Fine = 8000;
        (double L, double A, double B)[] curve = [.. Enumerable.Range(0, Fine + 1).Select(i => Bezier((double)i / Fine))];
        double[] length = new double[Fine + 1];
        for (int i = 1; i <= Fine; i++)
        {
            length[i] = length[i - 1] + Distance(curve[i - 1], curve[i]);
        }

        for (int step = 0; step <= Steps; step++)
        {
            double[] wanted = Srgb(curve[Array.FindIndex(length, l => l >= length[^1] * step / Steps * 0.9999999)]);
            Rgb colour = HeatScale.Colour((byte)Math.Ceiling(255.0 * step / Steps));
            Rgb next = HeatScale.Colour((byte)Math.Floor(255.0 * step / Steps));
            Assert.InRange(wanted[0], Math.Min(colour.Red, next.Red) - 1.5, Math.Max(colour.Red, next.Red) + 1.5);
            Assert.InRange(wanted[1], Math.Min(colour.Green, next.Green) - 1.5, Math.Max(colour.Green, next.Green) + 1.5);
            Assert.InRange(wanted[2], Math.Min(colour.Blue, next.Blue) - 1.5, Math.Max(colour.Blue, next.Blue) + 1.5);
        }
    }

    [Fact]
    public void Lightness_rises_by_about_the_same_at_every_step_for_every_eye()
    {
        foreach (double[][] eye in new[] { Sight.Normal, Sight.Protanope, Sight.Deuteranope })
        {
            double[] lightness = [.. Enumerable.Range(0, Steps + 1).Select(i => Lightness(HeatScale.Colour((byte)(255 * i / Steps)), eye))];
            Assert.All(lightness.Zip(lightness.Skip(1), (a, b) => b - a), rise => Assert.InRange(rise, 1.4, 4.2));
            Assert.True(lightness[^1] - lightness[0] > 85);
        }
    }

    [Fact]
    public void Neighbouring_levels_never_jump()
    {
        for (int level = 1; level < 256; level++)
        {
            double step = Sight.Distance(HeatScale.Colour((byte)(level - 1)), HeatScale.Colour((byte)level), Sight.Normal);
            Assert.InRange(step, 0, 2.5);
        }
    }

    private static double Lightness(Rgb colour, double[][] eye) => Sight.Lab(colour, eye)[0];

    private static (double L, double A, double B) Control(double lightness, double chroma, double hue) =>
        (lightness, chroma * Math.Cos(hue * Math.PI / 180), chroma * Math.Sin(hue * Math.PI / 180));

    private static (double L, double A, double B) Bezier(double t)
    {
        double u = 1 - t;
        double[] weights = [u * u * u * u, 4 * u * u * u * t, 6 * u * u * t * t, 4 * u * t * t * t, t * t * t * t];
        return (Sum(c => c.L), Sum(c => c.A), Sum(c => c.B));

        double Sum(Func<(double L, double A, double B), double> part) => Controls.Zip(weights, (c, w) => w * part(c)).Sum();
    }

    private static double Distance((double L, double A, double B) p, (double L, double A, double B) q) =>
        Math.Sqrt(Math.Pow(p.L - q.L, 2) + Math.Pow(p.A - q.A, 2) + Math.Pow(p.B - q.B, 2));

    // B. Ottosson's matrices from Oklab to linear sRGB.
    private static double[] Srgb((double L, double A, double B) c)
    {
        double l = Math.Pow(c.L + (0.3963377774 * c.A) + (0.2158037573 * c.B), 3);
        double m = Math.Pow(c.L - (0.1055613458 * c.A) - (0.0638541728 * c.B), 3);
        double s = Math.Pow(c.L - (0.0894841775 * c.A) - (1.2914855480 * c.B), 3);
        double[] linear =
        [
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s),
        ];
        return [.. linear.Select(v => Math.Clamp(v, 0, 1)).Select(v => 255 * (v <= 0.0031308 ? 12.92 * v : (1.055 * Math.Pow(v, 1 / 2.4)) - 0.055))];
    }
}
