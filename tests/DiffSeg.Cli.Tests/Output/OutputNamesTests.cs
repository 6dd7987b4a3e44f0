using DiffSeg.Cli.Inputs;
using DiffSeg.Cli.Output;

namespace DiffSeg.Cli.Tests.Output;

public class OutputNamesTests
{
    [Fact]
    public void Picture_gives_its_own_name() => Assert.Equal(["cat", "dog.small"], Names("/p/cat.jpg", "/p/dog.small.png"));

    [Fact]
    public void Same_name_with_another_extension_keeps_the_extension() =>
        Assert.Equal(["cat.jpg", "cat.png", "dog"], Names("/p/cat.jpg", "/p/cat.png", "/p/dog.jpg"));

    [Fact]
    public void Same_name_in_another_folder_takes_the_folder() =>
        Assert.Equal(["holiday-cat", "office-cat"], Names("/p/holiday/cat.jpg", "/p/office/cat.jpg"));

    [Fact]
    public void Same_name_and_folder_name_take_numbers() =>
        Assert.Equal(["cat-2", "cat-3"], Names("/a/x/cat.jpg", "/b/x/cat.jpg"));

    [Fact]
    public void Letter_case_does_not_make_two_names() =>
        Assert.Equal(["Cat.jpg", "cat.png"], Names("/p/Cat.jpg", "/p/cat.png"));

    [Fact]
    public void Number_that_is_another_pictures_name_is_passed_over() =>
        Assert.Equal(["cat-3", "cat-4", "cat-2"], Names("/a/x/cat.jpg", "/b/x/cat.jpg", "/p/cat-2.jpg"));

    [Fact]
    public void No_two_pictures_ever_share_a_name()
    {
        var random = new Random(3);
        string[] words = ["a", "A", "b", "a-b", "a-2", "a.jpg"];
        for (int round = 0; round < 500; round++)
        {
            string[] paths =
            [
                .. Enumerable.Range(0, 12)
                    .Select(_ => $"/{Word()}/{Word()}/{Word()}{(random.Next(2) == 0 ? ".jpg" : ".png")}")
                    .Distinct(),
            ];

            IReadOnlyList<string> names = Names(paths);

            Assert.Equal(paths.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
        }

        string Word() => words[random.Next(words.Length)];
    }

    private static IReadOnlyList<string> Names(params string[] paths) =>
        OutputNames.For([.. paths.Select(path => new InputImage(path, path))]);
}
