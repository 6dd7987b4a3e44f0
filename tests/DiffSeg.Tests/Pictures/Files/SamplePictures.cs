namespace DiffSeg.Tests.Pictures.Files;

/// <summary>Picture files of kinds that no encoder here writes: 8 rows, 12 columns, red at the top and blue at the bottom.</summary>
internal static class SamplePictures
{
    public const int Height = 8;
    public const int Width = 12;

    /// <summary>The files by names that say what they are.</summary>
    public static IReadOnlyDictionary<string, byte[]> All { get; } = new Dictionary<string, byte[]>
    {
        ["cmyk.jpg"] = Convert.FromBase64String(
            "/9j/7gAOQWRvYmUAZAAAAAAC/9sAQwANCQoLCggNCwoLDg4NDxMgFRMSEhMnHB4XIC4pMTAuKS0sMzpKPjM2RjcsLUBXQUZMTlJTUjI+WmFaUGBKUVJP"
            + "/9sAQwEODg4TERMmFRUmTzUtNU9PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09P/8AAFAgACAAMBAEiAAIRAQMR"
            + "AQQiAP/EABUAAQEAAAAAAAAAAAAAAAAAAAAG/8QAGhABAAEFAAAAAAAAAAAAAAAAAAQRFCVh8P/EABUBAQEAAAAAAAAAAAAAAAAAAAUG/8QAGhEAAgID"
            + "AAAAAAAAAAAAAAAAAAEEFVFSkf/aAA4EAQACEQMRBAAAPwCjsZeixl6BGXM3dh1HEw+lbnuqZ7qg/9k="),
        ["progressive.jpg"] = Convert.FromBase64String(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAA0JCgsKCA0LCgsODg0PEyAVExISEyccHhcgLikxMC4pLSwzOko+MzZGNywtQFdBRkxOUlNSMj5aYVpQYEpR"
            + "Uk//2wBDAQ4ODhMREyYVFSZPNS01T09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT09PT0//wgARCAAIAAwDASIAAhEB"
            + "AxEB/8QAFQABAQAAAAAAAAAAAAAAAAAAAAX/xAAVAQEBAAAAAAAAAAAAAAAAAAADBf/aAAwDAQACEAMQAAABkCs3/8QAFRABAQAAAAAAAAAAAAAAAAAA"
            + "ABL/2gAIAQEAAQUCtb//xAAXEQADAQAAAAAAAAAAAAAAAAAAAxRR/9oACAEDAQE/Aa26f//EABcRAAMBAAAAAAAAAAAAAAAAAAADFFH/2gAIAQIBAT8B"
            + "jVh//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQAGPwI//8QAFBABAAAAAAAAAAAAAAAAAAAAEP/aAAgBAQABPyEP/9oADAMBAAIAAwAAABAL/8QA"
            + "FBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAwEBPxAP/8QAFBEBAAAAAAAAAAAAAAAAAAAAAP/aAAgBAgEBPxBv/8QAFRABAQAAAAAAAAAAAAAAAAAAAHH/"
            + "2gAIAQEAAT8QpT//2Q=="),
        ["sixteen-bit.png"] = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAIEAIAAAASFlXlAAAARElEQVQoz63SAQ0AIBBC0e9mlDOMYc4w2sUy2EVDCAHeYKPciyVFCTEN0Bb0+IfqGZ5G"
            + "VQltGab1gC0DFBOUBgjAcYEHWHcQAxCS7c8AAAAASUVORK5CYII="),
        ["interlaced.png"] = Convert.FromBase64String(
            "iVBORw0KGgoAAAANSUhEUgAAAAwAAAAIEAIAAAFlEWVzAAAAX0lEQVQoz62R0QmAMAxEX6CjxGEyTJfJMO0wcZf6IaJStIJ9fwnH3cFJa5zsh+QCbpc/"
            + "cpPxpCoBprwi6hB5IOrzelJdx3GpBtgywUkig/q415TeXxBTKDHBCI7x/7EBOlAeBXQZE5sAAAAASUVORK5CYII="),
        ["animated.gif"] = Convert.FromBase64String(
            "R0lGODlhDAAIAPIAAP8AANsAJLYASZIAbW0AkkkAtiQA2wAA/yH5BAAFAAAAIf8LTkVUU0NBUEUyLjADAQAAACH/C0ltYWdlTWFnaWNrDWdhbW1hPTAu"
            + "NDU0NTUALAAAAAAMAAgAAAMcCLqs8TA+QaulI+udif+gV4xkORpoqqJH675tAgAh+QQABQAAACH/C0ltYWdlTWFnaWNrDWdhbW1hPTAuNDU0NTUALAAA"
            + "AAAMAAgAAAMceLqs9jC+QqulJOudh/+gJ4xkOQZoqqJA675tAgA7"),
        ["lossy.webp"] = Convert.FromBase64String(
            "UklGRkwAAABXRUJQVlA4IEAAAADQAQCdASoMAAgAAsBMJagCdGuA/gAGwAD+8i2f419PN/StLg7/qb9frp/pJ+gSEdh//SsfvBf/BMKf8TCjy8AA"),
        ["lossless.webp"] = Convert.FromBase64String(
            "UklGRkgAAABXRUJQVlA4TDsAAAAvC8ABAD8AEIT/bRMCgRQO0wKBxJ/xXJ5/gkmaajtGB+cDDEKSkkIKKaSQQgop5D+zEBH9z+dYhqZIAgA="),
        ["half-transparent.webp"] = Convert.FromBase64String(
            "UklGRnQAAABXRUJQVlA4WAoAAAAQAAAACwAABwAAQUxQSAoAAAABB1DAiAhERP8DVlA4IEQAAACwAgCdASoMAAgAAgA0JagCdLcAlgH8AuP8D0P9gAAA"
            + "/vaw64VOXrH/ji+FUl6/eFUl/8Cd/4U1/5nM6/LrKOkkS4AAAA=="),
        ["animated.webp"] = Convert.FromBase64String(
            "UklGRu4AAABXRUJQVlA4WAoAAAACAAAACwAABwAAQU5JTQYAAAD/////AABBTk1GXAAAAAAAAAAAAAsAAAcAAGQAAAJWUDggRAAAALACAJ0BKgwACAAC"
            + "ADQlqAJ0twCWAfwC4/wPQ/2AAAD+9rDrhU5esf+OL4VSXr94VSX/wJ3/hTX/mczr8uso6SRLgAAAQU5NRl4AAAAAAAAAAAALAAAHAABkAAAAVlA4IEYA"
            + "AAC0AgCdASoMAAgAAAA0JagCdLoBJgP4Bcf4HoAragAA/vvuiSLXHv4/8cXwPZvpuYHs3m+qn/zObAc3pxKsT/wpr/hAgAAA"),
        ["windows.bmp"] = Convert.FromBase64String(
            "Qk1WAQAAAAAAADYAAAAoAAAADAAAAAgAAAABABgAAAAAACABAAAAAAAAAAAAAAAAAAAAAAAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA/wAA"
            + "/wAA2wAk2wAk2wAk2wAk2wAk2wAk2wAk2wAk2wAk2wAk2wAk2wAktgBJtgBJtgBJtgBJtgBJtgBJtgBJtgBJtgBJtgBJtgBJtgBJkgBtkgBtkgBtkgBt"
            + "kgBtkgBtkgBtkgBtkgBtkgBtkgBtkgBtbQCSbQCSbQCSbQCSbQCSbQCSbQCSbQCSbQCSbQCSbQCSbQCSSQC2SQC2SQC2SQC2SQC2SQC2SQC2SQC2SQC2"
            + "SQC2SQC2SQC2JADbJADbJADbJADbJADbJADbJADbJADbJADbJADbJADbJADbAAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/AAD/"),
        ["old.bmp"] = Convert.FromBase64String(
            "Qk1AAAAAAAAAACAAAAAMAAAADAAIAAEAAQA3AMjIADf/8AAA//AAAP/wAAC70AAAJCAAAAAAAAAAAAAAAAAAAA=="),
    };

    /// <summary>The names, for tests of each.</summary>
    public static TheoryData<string> Names => [.. All.Keys];
}
