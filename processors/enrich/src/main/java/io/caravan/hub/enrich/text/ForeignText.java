package io.caravan.hub.enrich.text;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What has no place in text that came from a model or a source and goes to buyers: addresses, markup, contact data,
 * prices, and sentences that try to instruct a machine. Looks at the folded text, so that full-width, accented or
 * look-alike letters do not hide anything. Rather says too much than too little: a fault costs one repair.
 */
public final class ForeignText {

    private static final String TLD =
            "(?:com|net|org|info|biz|io|co|ai|me|ly|app|dev|shop|store|site|online|xyz|link|club"
                    + "|live|top|tv|gg|gl|to|cc|uk|de|fr|es|it|nl|eu|us|ca|au|br|in|jp|cn|ru|ch|at|pl|edu|gov|page|web|pro|art)";

    private static final Map<String, List<Pattern>> PATTERNS = new LinkedHashMap<>();

    static {
        put(
                "url",
                "\\b[a-z][a-z0-9+.-]{1,20}:/",
                "\\b(?:javascript|mailto|tel|data|vbscript)\\s?:\\s?\\S",
                "\\bwww\\s?[0-9]?\\s?\\.",
                "[\\p{L}\\p{N}]\\." + TLD + "\\b",
                "\\b[a-z0-9-]{2,63}\\.[a-z]{2,24}(?:/|:[0-9])",
                "[\\p{L}\\p{N}]\\s?[\\[({]\\s?(?:\\.|dot|punkt|punto|point)\\s?[\\])}]\\s?[\\p{L}\\p{N}]",
                "\\b[\\p{L}\\p{N}-]+\\s(?:dot|\\.)\\s?(?:com|net|org|shop|store|io|co)\\b",
                "\\b[0-9]{1,3}(?:\\.[0-9]{1,3}){3}\\b",
                "\\bxn--");
        put(
                "markup",
                "[<>{}\\[\\]\\\\`|~^]",
                "&(?:[a-z]{2,8}|#x?[0-9a-f]{1,6});",
                "\\*\\*|__|#{2,}|-{3,}|={3,}|\"{3}",
                "%[0-9a-f]{2}%[0-9a-f]{2}",
                "\\\\u[0-9a-f]{4}");
        put("e-mail", "\\S@\\S*\\.\\S", "\\b\\S+\\s[\\[({]?at[\\])}]?\\s\\S+\\s(?:[\\[({]?dot[\\])}]?|\\.)\\s\\S+");
        put("handle", "@");
        put("hashtag", "#\\p{L}");
        put("phone", "\\+?[0-9](?:[\\s().\\-/]{0,3}[0-9]){6,}");
        put(
                "price",
                "\\p{Sc}",
                "\\b[0-9]+(?:[.,][0-9]+)?\\s?(?:usd|eur|gbp|cad|aud|jpy|dollars?|euros?|bucks|pounds?|yen|cents?)\\b",
                "\\b(?:usd|eur|gbp|cad|aud|jpy)\\s?[0-9]",
                "[0-9]\\s?(?:%|percent)\\s?(?:off|discount|rabatt|reduction|descuento)",
                "\\bfree (?:shipping|delivery|gift)\\b",
                "\\b(?:coupon|promo|discount|voucher) ?codes?\\b");
        put(
                "instruction",
                "\\b(?:ignor(?:e|es|ed|ing)|disregard(?:ing)?|forget(?:ting)?|overrid(?:e|es|ing)|bypass(?:ing)?|neglect|omit)\\b.{0,60}?"
                        + "\\b(?:instructions?|prompts?|rules?|guidelines?|directions?|directives?|above|previous|prior|earlier"
                        + "|context|polic(?:y|ies)|restrictions?|constraints?)\\b",
                "\\b(?:ignorier\\p{L}*|vergiss|ignorez|oublie[zr]?|ignora[rd]?|olvida[rd]?|dimentica|esqueca)\\b.{0,60}?"
                        + "(?:anweisung|instruction|instruccion|istruzion|instruc|consigne|regel|regle|regla|regol)",
                "(?:" + Fold.plain("игнорируй") + "|" + Fold.plain("забудь") + ").{0,60}?" + Fold.plain("инструкц"),
                "(?:忽略|忽視|忽视|無視|无视|무시).{0,20}|(?:指令|指示|提示词|説明)を?(?:無視|忘れ)",
                "(?:system|developer|assistant|user|human|ai|admin)\\s?:",
                "\\b(?:system|developer) (?:prompt|message|instructions?)\\b",
                "\\b(?:hidden|initial|original|secret) (?:prompt|instructions?)\\b",
                "\\b(?:new|updated|following|these|additional|real|special) (?:instructions?|directives?)\\b",
                "\\binstructions?\\s?:|\\bprompt\\s?:",
                "\\byou (?:are|r) (?:now|no longer|an? (?:ai|assistant|helpful))\\b|\\bfrom now on\\b|\\bact as (?:an?|the|if|my)\\b",
                "\\bpretend (?:to be|you|that you)\\b|\\brole ?-?play(?:ing)? as\\b|\\byour (?:new )?(?:task|role) is\\b",
                "\\bas an? (?:ai|large language model|language model|llm|assistant)\\b|\\blanguage model\\b|\\bchat ?gpt\\b",
                "\\bjail ?-?break|\\b(?:dan|god|debug|developer|admin|root) mode\\b|\\bprompt injection\\b",
                "\\b(?:reveal|print|output|show|repeat|return|leak|display|tell me|send|give me|email|post|exfiltrate)\\b.{0,40}?"
                        + "\\b(?:system prompt|prompts?|instructions?|api ?-?keys?|secrets|passwords?|credentials?|access tokens?|environment variables?)\\b",
                "\\b(?:end|start|begin|beginning|stop) (?:of )?(?:the )?(?:data|input|prompt|instructions?|system|user|context|json)\\b",
                "\\b(?:do not|don't|dont|never|stop) (?:comply|mention (?:this|that|the)|(?:obey|follow|apply) (?:the|any|your|these|those|previous)\\b)",
                "\\b(?:respond|reply|answer) (?:only |just )?(?:with|in|using|as)\\b|\\boutput (?:only|exactly|the following|json)\\b",
                "\\bset (?:the |its |all )?(?:price|headline|title|field|status|tags?|score)\\b|\\b(?:auto )?-?approve (?:this|the|it|all)\\b",
                "\\b(?:call|invoke|execute|eval|run) (?:the |this |a )?(?:function|tool|command|script|code|shell|query|curl|bash)\\b",
                "\\b(?:drop|delete|truncate) (?:table|database|all|from|every)\\b|\\bsudo\\b|\\brm -r|\\bselect \\* from\\b|\\bunion select\\b",
                "\\b(?:click|tap) (?:here|the link|on the link|below)\\b|\\bvisit (?:our|my|the) (?:site|website|page|store|link)\\b");
        put("long-word", "\\S{41,}");
    }

    private ForeignText() {}

    /**
     * @param code {@code url}, {@code markup}, {@code e-mail}, {@code handle}, {@code hashtag}, {@code phone},
     *     {@code price}, {@code instruction} or {@code long-word}
     * @param excerpt the first place, folded, at most 40 characters
     */
    public record Found(String code, String excerpt) {}

    /** One finding of each kind that the text holds; empty when it is harmless. */
    public static List<Found> find(String text) {
        String plain = withoutYearSpans(Fold.plain(text));
        List<Found> found = new ArrayList<>();
        PATTERNS.forEach((code, patterns) -> patterns.stream()
                .map(pattern -> pattern.matcher(plain))
                .filter(Matcher::find)
                .findFirst()
                .ifPresent(at -> found.add(new Found(code, Fold.cut(at.group(), 40)))));
        return found;
    }

    public static boolean holdsUrl(String text) {
        String plain = Fold.plain(text);
        return PATTERNS.getOrDefault("url", List.of()).stream()
                .anyMatch(pattern -> pattern.matcher(plain).find());
    }

    /** "1990 - 2024" is not a telephone number. */
    private static String withoutYearSpans(String plain) {
        return plain.replaceAll("\\b(?:19|20)[0-9]{2}\\s?[-/]\\s?(?:19|20)[0-9]{2}\\b", "year");
    }

    private static void put(String code, String... patterns) {
        PATTERNS.put(
                code,
                List.of(patterns).stream()
                        .map(one -> Pattern.compile(one, Pattern.UNICODE_CHARACTER_CLASS))
                        .toList());
    }
}
