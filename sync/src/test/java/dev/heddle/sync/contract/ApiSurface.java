// SPDX-License-Identifier: Apache-2.0
package dev.heddle.sync.contract;

import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Compares what a program can see of two types: every public or protected constructor, method and nested type of the
 * first has its counterpart in the second, no less visible, no more final, with the same result and the same checked
 * exceptions (one fewer would stop a {@code catch} from compiling).
 */
public final class ApiSurface {
    private final Map<String, String> types;
    private final List<String> differences = new ArrayList<>();

    private ApiSurface(Target target) {
        types = target.types();
    }

    /** What a program written for the type would miss in the type that the target puts in its place. */
    public static List<String> differences(Class<?> original, Target target) {
        ApiSurface surface = new ApiSurface(target);
        try {
            surface.compare(original, Class.forName(surface.renamed(original.getName())));
        } catch (ClassNotFoundException e) {
            return List.of("no type " + e.getMessage());
        }
        return surface.differences;
    }

    private void compare(Class<?> original, Class<?> other) {
        compareType(original, other);
        for (Constructor<?> c : original.getDeclaredConstructors()) {
            find(c, other.getDeclaredConstructors());
        }
        for (Method m : original.getDeclaredMethods()) {
            find(m, allMethods(other));
        }
        for (Class<?> nested : original.getDeclaredClasses()) {
            if (visible(nested.getModifiers())) {
                Arrays.stream(other.getDeclaredClasses())
                        .filter(c -> c.getSimpleName().equals(nested.getSimpleName()))
                        .findFirst()
                        .ifPresentOrElse(c -> compare(nested, c), () -> differences.add("missing " + nested));
            }
        }
    }

    private void compareType(Class<?> original, Class<?> other) {
        check(original + ": visibility", rank(other.getModifiers()) >= rank(original.getModifiers()));
        check(original + ": final", !stricter(Modifier.FINAL, original.getModifiers(), other.getModifiers()));
        check(original + ": abstract", !stricter(Modifier.ABSTRACT, original.getModifiers(), other.getModifiers()));
        check(
                original + ": static",
                Modifier.isStatic(original.getModifiers()) == Modifier.isStatic(other.getModifiers()));
        for (Class<?> implemented : original.getInterfaces()) {
            check(original + ": implements " + implemented, implemented.isAssignableFrom(other));
        }
    }

    /** The methods of the type and of its superclasses, the most special first. */
    private static Method[] allMethods(Class<?> type) {
        List<Method> all = new ArrayList<>();
        for (Class<?> c = type; c != Object.class; c = c.getSuperclass()) {
            all.addAll(Arrays.asList(c.getDeclaredMethods()));
        }
        return all.toArray(Method[]::new);
    }

    private void find(Executable wanted, Executable[] offered) {
        if (!visible(wanted.getModifiers()) || wanted.isSynthetic()) {
            return;
        }
        String call = signature(wanted);
        Arrays.stream(offered)
                .filter(e -> !e.isSynthetic() && plain(e).equals(call))
                .findFirst()
                .ifPresentOrElse(found -> compareMember(wanted, found), () -> differences.add("missing " + wanted));
    }

    private void compareMember(Executable wanted, Executable found) {
        int before = wanted.getModifiers();
        int after = found.getModifiers();
        check(wanted + ": visibility", rank(after) >= rank(before));
        check(wanted + ": final", !stricter(Modifier.FINAL, before, after));
        check(wanted + ": abstract", !stricter(Modifier.ABSTRACT, before, after));
        check(wanted + ": static", Modifier.isStatic(before) == Modifier.isStatic(after));
        check(wanted + ": exceptions", checked(wanted).equals(checked(found)));
        if (wanted instanceof Method method) {
            Type result = ((Method) found).getGenericReturnType();
            check(
                    wanted + ": result",
                    renamed(method.getGenericReturnType().getTypeName()).equals(result.getTypeName()));
        }
    }

    private void check(String what, boolean holds) {
        if (!holds) {
            differences.add(what);
        }
    }

    private static boolean visible(int modifiers) {
        return Modifier.isPublic(modifiers) || Modifier.isProtected(modifiers);
    }

    private static int rank(int modifiers) {
        return Modifier.isPublic(modifiers) ? 2 : Modifier.isProtected(modifiers) ? 1 : 0;
    }

    private static boolean stricter(int modifier, int before, int after) {
        return (after & modifier) != 0 && (before & modifier) == 0;
    }

    private static Set<String> checked(Executable e) {
        return Arrays.stream(e.getExceptionTypes())
                .filter(t -> !RuntimeException.class.isAssignableFrom(t) && !Error.class.isAssignableFrom(t))
                .map(Class::getName)
                .collect(Collectors.toSet());
    }

    private String signature(Executable e) {
        return renamed(plain(e));
    }

    private static String plain(Executable e) {
        String name = e instanceof Method ? e.getName() : "new";
        return Arrays.stream(e.getGenericParameterTypes())
                .map(Type::getTypeName)
                .collect(Collectors.joining(",", name + "(", ")"));
    }

    /** The text with the names of the original types changed, whole names only, the longest first. */
    private String renamed(String text) {
        List<String> longestFirst = types.keySet().stream()
                .sorted(Comparator.comparing(String::length).reversed())
                .toList();
        String result = text;
        for (String from : longestFirst) {
            result = Pattern.compile(Pattern.quote(from) + "(?!\\w)")
                    .matcher(result)
                    .replaceAll(Matcher.quoteReplacement(types.get(from)));
        }
        return result;
    }
}
