/* Native threads that attach to the JVM, call a Java method and detach, over and over. */
#include <jni.h>
#include <pthread.h>
#include <stdlib.h>

struct work {
    JavaVM *jvm;
    jclass type;
    jmethodID method;
    jint times;
    int failed;
};

static void *attach_and_detach(void *argument)
{
    struct work *work = argument;
    for (jint i = 0; i < work->times; i++) {
        JNIEnv *env = NULL;
        if ((*work->jvm)->AttachCurrentThread(work->jvm, (void **)&env, NULL) != JNI_OK) {
            work->failed = 1;
            break;
        }
        (*env)->CallStaticVoidMethod(env, work->type, work->method);
        work->failed |= (*env)->ExceptionCheck(env);
        (*work->jvm)->DetachCurrentThread(work->jvm);
    }
    return NULL;
}

/* How many threads failed. */
JNIEXPORT jint JNICALL Java_io_vperf_it_apps_Attached_run(JNIEnv *env, jclass type, jint threads, jint times)
{
    struct work *works = calloc((size_t)threads, sizeof *works);
    pthread_t *ids = calloc((size_t)threads, sizeof *ids);
    jclass global = (*env)->NewGlobalRef(env, type);
    jmethodID method = (*env)->GetStaticMethodID(env, type, "calls", "()V");
    jint failed = 0;
    for (jint i = 0; i < threads; i++) {
        (*env)->GetJavaVM(env, &works[i].jvm);
        works[i].type = global;
        works[i].method = method;
        works[i].times = times;
        pthread_create(&ids[i], NULL, attach_and_detach, &works[i]);
    }
    for (jint i = 0; i < threads; i++) {
        pthread_join(ids[i], NULL);
        failed += works[i].failed;
    }
    (*env)->DeleteGlobalRef(env, global);
    free(works);
    free(ids);
    return failed;
}
